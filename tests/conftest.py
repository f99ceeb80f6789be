"""Its place makes modules beside it, such as `page`, importable from every test."""

from hypothesis import HealthCheck, settings

# No test depends on how fast the machine is.
_ANY_SPEED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
# Drawn examples are the same in every run.
settings.register_profile("fixed", _ANY_SPEED, derandomize=True)
# To look for something new: pytest --hypothesis-profile=search
settings.register_profile("search", _ANY_SPEED, max_examples=1_000)
settings.load_profile("fixed")


def pytest_addoption(parser):
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write the golden files anew instead of comparing with them",
    )
