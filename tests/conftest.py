"""Its place makes modules beside it, such as `page`, importable from every test."""

from hypothesis import settings

# Drawn examples are the same in every run; time limits belong to machines, not to code.
settings.register_profile("fixed", derandomize=True, deadline=None)
# To look for something new: pytest --hypothesis-profile=search
settings.register_profile("search", deadline=None, max_examples=1_000)
settings.load_profile("fixed")


def pytest_addoption(parser):
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write the golden files anew instead of comparing with them",
    )
