"""Errors as vendors and local servers really word them, and texts of theirs made fit to show."""

import time
from email.utils import formatdate

import pytest

from stratcraft_jupyter.providers.address import address_problem, shown_address
from stratcraft_jupyter.providers.classify import (
    allowed_maximum,
    fault_code,
    is_filtered,
    refused_parameter,
)
from stratcraft_jupyter.providers.clean_text import clean_text
from stratcraft_jupyter.providers.complaints import read_complaint
from stratcraft_jupyter.providers.faults import make_fault, wait_text

WORDED = [
    (401, {"error": {"message": "Incorrect API key provided", "code": "invalid_api_key"}},
     "wrong_key"),
    (400, [{"error": {"code": 400, "message": "API key not valid.", "status": "INVALID_ARGUMENT"}}],
     "wrong_key"),
    (401, {"error": {"message": "You have insufficient permissions for this operation. Missing "
                     "scopes: model.request"}}, "no_permission"),
    (403, {"error": {"code": "unsupported_country_region_territory", "message": "x"}},
     "no_permission"),
    (403, "<html>Blocked by your company</html>", "not_a_stream"),
    (429, {"error": {"type": "insufficient_quota", "message": "You exceeded your current quota"}},
     "no_credit"),
    (400, {"error": {"type": "billing_error", "message": "x"}}, "no_credit"),
    (404, {"object": "error", "message": "The model `x` does not exist.", "code": 404},
     "unknown_model"),
    (404, {"error": "model 'llama9' not found"}, "unknown_model"),
    (400, {"error": {"message": "invalid model ID"}}, "unknown_model"),
    (404, {"error": {"message": "No models loaded. Please load a model."}}, "unknown_model"),
    (200, {"error": "Unexpected endpoint or method. (POST /chat/completions)"}, "wrong_base_url"),
    (404, {"detail": "Not Found"}, "wrong_base_url"),
    (404, "<html>404</html>", "wrong_base_url"),
    (405, {"detail": "Method Not Allowed"}, "wrong_base_url"),
    (400, {"error": {"message": "input length and `max_tokens` exceed context limit: 190000 + "
                     "20000 > 200000"}}, "context_too_long"),
    (413, {"error": {"type": "request_too_large", "message": "x"}}, "context_too_long"),
    (400, {"error": {"code": 400, "type": "exceed_context_size_error",
                     "message": "the request exceeds the available context size"}},
     "context_too_long"),
    (503, {"error": {"message": "Loading model", "type": "unavailable_error"}}, "overloaded"),
    (502, "<html><h1>502 Bad Gateway</h1></html>", "server_error"),
    (500, "<html>oops</html>", "server_error"),
    (500, {"error": {"message": "billing service unreachable"}}, "server_error"),
    (504, "", "timeout"),
    (429, "", "rate_limit"),
    (200, {"error": {"type": "overloaded_error", "message": "Overloaded"}}, "overloaded"),
    (200, {"error": {"code": "rate_limit_exceeded", "message": "x"}}, "rate_limit"),
    (200, {"error": {"message": "CUDA out of memory"}}, "server_error"),
    (422, {"detail": "bad"}, "bad_request"),
    (418, None, "bad_request"),
]  # fmt: skip


@pytest.mark.parametrize(("status", "body", "code"), WORDED)
def test_class_of_an_error(status, body, code):
    assert fault_code(read_complaint(status, body, {})) == code


SENT = ("max_tokens", "max_completion_tokens", "stream_options", "reasoning_effort")
REFUSED = [
    (400, {"error": {"message": "Unrecognized request argument supplied: stream_options"}},
     "stream_options"),
    (400, {"error": {"message": "Unsupported parameter: 'max_tokens' is not supported with this "
                     "model. Use 'max_completion_tokens' instead."}}, "max_tokens"),
    (422, {"detail": [{"loc": ["body", "stream_options"], "msg": "Extra inputs are not permitted",
                       "type": "extra_forbidden"}]}, "stream_options"),
    (400, {"error": {"message": "no", "param": "reasoning_effort"}}, "reasoning_effort"),
    (500, {"error": "json: unknown field \"reasoning_effort\""}, "reasoning_effort"),
    (400, {"error": {"message": "messages: invalid role", "param": "messages"}}, None),
    (400, {"error": {"message": "something about max_tokens"}}, None),
    (401, {"error": {"message": "invalid max_tokens", "param": "max_tokens"}}, None),
]  # fmt: skip


@pytest.mark.parametrize(("status", "body", "parameter"), REFUSED)
def test_which_parameter_is_refused(status, body, parameter):
    assert refused_parameter(read_complaint(status, body, {}), SENT) == parameter


@pytest.mark.parametrize(
    ("message", "maximum"),
    [
        ("max_tokens: 9000 > 4096, which is the maximum allowed number of output tokens", 4096),
        ("max_tokens is too large: 9000. This model supports at most 8192 completion tokens", 8192),
        ("at most 99999 tokens", None),
        ("max_tokens is wrong", None),
    ],
)
def test_a_maximum_is_read_from_the_message(message, maximum):
    assert allowed_maximum(read_complaint(400, {"message": message}, {}), 9000) == maximum


def test_filters_are_no_faults():
    assert is_filtered(read_complaint(400, {"error": {"code": "content_filter"}}, {}))
    assert not is_filtered(read_complaint(500, {"error": {"code": "content_filter"}}, {}))
    assert not is_filtered(read_complaint(400, {"error": {"code": "x"}}, {}))


@pytest.mark.parametrize(
    ("headers", "low", "high"),
    [
        ({"retry-after": "7"}, 7, 7),
        ({"retry-after": "0.5"}, 0.5, 0.5),
        ({"retry-after-ms": "250", "retry-after": "9"}, 0.25, 0.25),
        ({"retry-after": formatdate(time.time() + 5000, usegmt=True)}, 1, 5001),
        ({"retry-after": formatdate(0, usegmt=True)}, 0, 0),
        ({"retry-after": "1e12"}, 86_400, 86_400),
    ],
)
def test_the_wait_a_server_asks_for(headers, low, high):
    assert low <= read_complaint(429, "", headers).retry_after <= high


@pytest.mark.parametrize("text", ["", "soon", "-1", "nan", "inf"])
def test_a_wait_that_is_none(text):
    assert read_complaint(429, "", {"retry-after": text}).retry_after is None


@pytest.mark.parametrize(
    "body", [None, 7, True, "", b"\xff\xfe", "[" * 10_000, {"error": 7}, {"error": None}, [[]],
             {"detail": [7]}, {"detail": []}, {"error": {"message": ["x"]}}]
)  # fmt: skip
def test_any_body_can_be_read(body):
    complaint = read_complaint(400, body, {})
    assert fault_code(complaint) == "bad_request"
    assert refused_parameter(complaint, SENT) is None


KEY = "abcd-0123456789-wxyz"
SECRETS = [
    f"Incorrect API key provided: {KEY}.",
    "key ending in 89-wxyz",
    "sk-proj-Ab12********************wxyz",
    "sk-ant-api03-abcdefgh",
    "Authorization: Bearer abcdefgh",
    "https://user:abcd-0123@proxy.example/",
    "token 0a1b2c3d4e5f60718293a4b5c6d7e8f9",
    "api_key=abcdefgh",
]


@pytest.mark.parametrize("text", SECRETS)
def test_no_part_of_a_key_is_shown(text):
    shown = clean_text(text, KEY)
    assert not any(part in shown for part in (KEY, "wxyz", "abcdefgh", "Ab12", "0123", "d4e5f6"))


@pytest.mark.parametrize("text", ["<!DOCTYPE html><p>x", "<HTML>", None, 7, {"a": 1}, ""])
def test_what_is_no_sentence_is_not_shown(text):
    assert clean_text(text) == ""


def test_a_sentence_is_one_short_line():
    assert clean_text("one\n\ttwo\x1b[31m\u202ethree") == "one two [31m three"
    assert len(clean_text("word " * 1000)) <= 240


def test_a_short_key_hides_no_plain_words():
    assert clean_text("the none model", "none") == "the [hidden] model"
    assert clean_text("nonetheless", "none") == "nonetheless"


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://user:pass@host:8080/v1/?key=x#y", "https://host:8080/v1"),
        ("http://[::1]:80/v1", "http://[::1]:80/v1"),
        ("nonsense", "the given address"),
        ("http://[broken", "the given address"),
        ("http://x:99999", "the given address"),
    ],
)
def test_an_address_is_shown_without_secrets(url, shown):
    assert shown_address(url) == shown


def test_an_address_that_can_be_used():
    assert address_problem("http://localhost:11434/v1") == ""
    assert "begin with http" in address_problem("ftp://x")


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(None, "a minute"), (0, "1 second"), (1.4, "1 second"), (7, "7 seconds"), (119, "119 seconds"),
     (150, "2 minutes"), (3600, "60 minutes")],
)  # fmt: skip
def test_a_wait_in_words(seconds, words):
    assert wait_text(seconds) == words


def test_braces_in_what_a_server_says_do_no_harm():
    fault = make_fault("bad_request", "{who}", detail="{0.__class__} {model}")
    assert fault.message == "{who} did not accept the request ({0.__class__} {model})."
