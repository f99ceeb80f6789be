"""How each vendor says the same thing: a good stream in parts, and every kind of refusal."""

import json
from dataclasses import dataclass

MODEL = "test-model"
PIECES = ("import backtrader as bt\n", "# the rest of the code\n")
TEXT = "".join(PIECES)
# planted in errors, as vendors do: part of the key, masked
ECHO = "sk-test-51f8*********b2"


def sse(data, event=None):
    """A frame of a stream."""
    head = f"event: {event}\n" if event else ""
    return f"{head}data: {data if isinstance(data, str) else json.dumps(data)}\n\n"


class OpenAIDialect:
    provider = "openai"
    path = "/v1/responses"
    limit = "max_output_tokens"
    effort = "reasoning"

    def base_url(self, root):
        return f"{root}/v1"

    def wrong_base_url(self, root):
        return root

    def _response(self, status="in_progress", **more):
        return {
            "id": "resp_1",
            "object": "response",
            "created_at": 1,
            "status": status,
            "model": MODEL,
            "output": [],
            "parallel_tool_calls": True,
            "tool_choice": "auto",
            "tools": [],
            "error": None,
            "incomplete_details": None,
            "usage": None,
            **more,
        }

    def _event(self, kind, **data):
        return sse({"type": kind, "sequence_number": 1, **data}, kind)

    def start(self):
        return [self._event("response.created", response=self._response())]

    def thinking(self, text):
        item = {"type": "reasoning", "id": "rs_1", "summary": []}
        added = self._event("response.output_item.added", output_index=0, item=item)
        where = {"item_id": "rs_1", "output_index": 0, "content_index": 0}
        return [added, self._event("response.reasoning_text.delta", delta=text, **where)]

    def text(self, *pieces, kind="output_text"):
        where = {"item_id": "msg_1", "output_index": 0, "content_index": 0, "logprobs": []}
        return [self._event(f"response.{kind}.delta", delta=piece, **where) for piece in pieces]

    def usage(self):
        return {
            "input_tokens": 100,
            "input_tokens_details": {"cached_tokens": 40, "cache_write_tokens": 5},
            "output_tokens": 30,
            "output_tokens_details": {"reasoning_tokens": 10},
            "total_tokens": 130,
        }

    def end(self, reason="complete"):
        if reason in ("complete", "refusal"):
            done = self._response("completed", usage=self.usage())
            return [self._event("response.completed", response=done)]
        why = {"length": "max_output_tokens", "filter": "content_filter"}[reason]
        details = {"reason": why}
        done = self._response("incomplete", usage=self.usage(), incomplete_details=details)
        return [self._event("response.incomplete", response=done)]

    def refusal_text(self, text):
        return self.text(text, kind="refusal")

    def error_event(self, code, message):
        return [self._event("error", code=code, message=message, param=None)]

    def failed(self, code, message):
        error = {"code": code, "message": message}
        done = self._response("failed", error=error, usage=self.usage())
        return [self._event("response.failed", response=done)]

    def models(self):
        listed = [
            {"id": "gpt-old", "object": "model", "created": 1, "owned_by": "openai",
             "shutdown_date": "2027-01-31"},
            {"id": MODEL, "object": "model", "created": 9, "owned_by": "openai"},
            {"id": "text-embedding-9", "object": "model", "created": 10, "owned_by": "openai"},
        ]  # fmt: skip
        return {"object": "list", "data": listed}

    def errors(self):
        def error(status, message, kind="invalid_request_error", code=None, param=None, **headers):
            body = {"error": {"message": message, "type": kind, "code": code, "param": param}}
            return Refusal(status, body, headers)

        return {
            "wrong_key": error(401, f"Incorrect API key provided: {ECHO}.", code="invalid_api_key"),
            "no_permission": error(403, f"Project `p` does not have access to {MODEL}.", "x"),
            "no_credit": error(429, "You exceeded your current quota.", "insufficient_quota",
                               "insufficient_quota"),
            "unknown_model": error(404, f"The model `{MODEL}` does not exist or you do not have "
                                   "access to it.", code="model_not_found"),
            "wrong_base_url": error(404, "Invalid URL (POST /responses)"),
            "refused_limit": error(400, "Unsupported parameter: 'max_output_tokens' is not "
                                   "supported with this model.", code="unsupported_parameter",
                                   param="max_output_tokens"),
            "refused_effort": error(400, "Unsupported parameter: 'reasoning.effort' is not "
                                    "supported with this model.", code="unsupported_parameter",
                                    param="reasoning.effort"),
            "bad_request": error(400, f"Invalid value: 'x' (key {ECHO}).", param="input"),
            "context_too_long": error(400, "Your input exceeds the context window of this model.",
                                      code="context_length_exceeded"),
            "rate_limit": error(429, "Rate limit reached for requests", "requests",
                                "rate_limit_exceeded", retry_after="120"),
            "overloaded": error(503, "The engine is currently overloaded", "server_error"),
            "server_error": error(500, "The server had an error", "server_error"),
            "filter": error(400, "Invalid prompt: your prompt was flagged as potentially "
                            "violating our usage policy.", code="invalid_prompt"),
        }  # fmt: skip


class CompatibleDialect(OpenAIDialect):
    provider = "compatible"
    path = "/v1/chat/completions"
    limit = "max_tokens"
    effort = "reasoning_effort"

    def _chunk(self, delta=None, finish=None, usage=None):
        choices = [] if delta is None else [{"index": 0, "delta": delta, "finish_reason": finish}]
        data = {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": MODEL}
        return sse({**data, "choices": choices, "usage": usage})

    def start(self):
        return [self._chunk({"role": "assistant", "content": ""})]

    def thinking(self, text):
        return [self._chunk({"reasoning_content": text})]

    def text(self, *pieces, kind="content"):
        return [self._chunk({kind: piece}) for piece in pieces]

    def refusal_text(self, text):
        return self.text(text, kind="refusal")

    def usage(self):
        return {
            "prompt_tokens": 100,
            "completion_tokens": 30,
            "total_tokens": 130,
            "prompt_tokens_details": {"cached_tokens": 40, "cache_write_tokens": 5},
            "completion_tokens_details": {"reasoning_tokens": 10},
        }

    def end(self, reason="complete"):
        finish = {"length": "length", "filter": "content_filter"}.get(reason, "stop")
        return [self._chunk({}, finish), self._chunk(usage=self.usage()), sse("[DONE]")]

    def error_event(self, code, message):
        return [sse({"error": {"message": message, "type": code, "code": code}})]

    def models(self):
        listed = [{"id": MODEL, "object": "model", "created": 1, "owned_by": "me",
                   "max_model_len": 8192}]  # fmt: skip
        return {"object": "list", "data": listed}

    def errors(self):
        found = super().errors()
        found.update(
            wrong_key=Refusal(401, {"error": "Unauthorized"}),
            no_permission=Refusal(403, {"detail": "Forbidden"}),
            no_credit=Refusal(402, {"error": {"message": "Insufficient credits", "code": 402}}),
            unknown_model=Refusal(404, {"error": {"message": f'model "{MODEL}" not found, try '
                                                  "pulling it first", "type": "api_error"}}),
            wrong_base_url=Refusal(404, "404 page not found", kind="text/plain"),
            refused_limit=Refusal(400, {"error": {
                "message": "Unsupported parameter: 'max_tokens' is not supported with this model. "
                "Use 'max_completion_tokens' instead.",
                "param": "max_tokens", "code": "unsupported_parameter"}}),
            refused_effort=Refusal(422, {"detail": [{"type": "extra_forbidden",
                                         "loc": ["body", "reasoning_effort"],
                                         "msg": "Extra inputs are not permitted"}]}),
            context_too_long=Refusal(400, {
                "object": "error", "type": "BadRequestError", "code": 400,
                "message": "This model's maximum context length is 4096 tokens. However, you "
                "requested 5000 tokens (1000 in the messages, 4000 in the completion). Please "
                "reduce max_tokens."}),
            filter=Refusal(400, {"error": {"message": "The response was filtered due to the "
                                           "prompt triggering the content management policy.",
                                           "code": "content_filter"}}),
        )  # fmt: skip
        return found


class AnthropicDialect:
    provider = "anthropic"
    path = "/v1/messages"
    limit = "max_tokens"
    effort = "output_config"

    def base_url(self, root):
        return root

    def wrong_base_url(self, root):
        return f"{root}/v1"

    def _event(self, kind, **data):
        return sse({"type": kind, **data}, kind)

    def start(self):
        usage = {
            "input_tokens": 55,
            "cache_read_input_tokens": 40,
            "cache_creation_input_tokens": 5,
            "output_tokens": 1,
        }
        message = {"id": "m", "type": "message", "role": "assistant", "content": [],
                   "model": MODEL, "stop_reason": None, "stop_sequence": None,
                   "usage": usage}  # fmt: skip
        return [self._event("message_start", message=message), self._event("ping")]

    def thinking(self, text):
        block = {"type": "thinking", "thinking": "", "signature": ""}
        delta = {"type": "thinking_delta", "thinking": text}
        return [
            self._event("content_block_start", index=0, content_block=block),
            self._event("content_block_delta", index=0, delta=delta),
            self._event("content_block_stop", index=0),
        ]

    def text(self, *pieces):
        block = {"type": "text", "text": ""}
        deltas = [{"type": "text_delta", "text": piece} for piece in pieces]
        return [
            self._event("content_block_start", index=1, content_block=block),
            *(self._event("content_block_delta", index=1, delta=delta) for delta in deltas),
        ]

    def refusal_text(self, text):
        return self.text(text)

    def end(self, reason="complete"):
        stop = {"length": "max_tokens", "refusal": "refusal", "filter": "refusal"}
        delta = {"stop_reason": stop.get(reason, "end_turn"), "stop_sequence": None}
        usage = {"output_tokens": 30, "output_tokens_details": {"thinking_tokens": 10}}
        return [
            self._event("content_block_stop", index=1),
            self._event("message_delta", delta=delta, usage=usage),
            self._event("message_stop"),
        ]

    def error_event(self, code, message):
        return [self._event("error", error={"type": code, "message": message})]

    def models(self):
        level = {"supported": True}
        effort = {"supported": True, "low": level, "medium": level, "high": level,
                  "max": {"supported": False}}  # fmt: skip
        shared = {"type": "model", "created_at": "2026-01-01T00:00:00Z"}
        listed = [
            {**shared, "id": MODEL, "display_name": "Test Model", "lifecycle": "deprecated",
             "max_input_tokens": 200_000, "max_tokens": 64_000,
             "retires_at": "2027-01-31T00:00:00Z", "capabilities": {"effort": effort}},
            {**shared, "id": "gone", "display_name": "Gone", "lifecycle": "retired"},
        ]  # fmt: skip
        return {"data": listed, "has_more": False, "first_id": MODEL, "last_id": "gone"}

    def errors(self):
        def error(status, kind, message, **headers):
            body = {"type": "error", "error": {"type": kind, "message": message}}
            return Refusal(status, body, headers)

        invalid = "invalid_request_error"
        return {
            "wrong_key": error(401, "authentication_error", f"invalid x-api-key {ECHO}"),
            "no_permission": error(403, "permission_error", "Your key may not use this model."),
            "no_credit": error(400, invalid, "Your credit balance is too low to access the API."),
            "unknown_model": error(404, "not_found_error", f"model: {MODEL}"),
            "wrong_base_url": error(404, "not_found_error", "Not Found"),
            "refused_limit": error(400, invalid, "max_tokens: 9000 > 4096, which is the maximum "
                                   f"allowed number of output tokens for {MODEL}"),
            "refused_effort": error(400, invalid, "output_config: Extra inputs are not permitted"),
            "bad_request": error(400, invalid, f"messages: at least one is needed (key {ECHO})"),
            "context_too_long": error(400, invalid, "prompt is too long: 210000 tokens > 200000 "
                                      "maximum"),
            "rate_limit": error(429, "rate_limit_error", "This request would exceed your rate "
                                "limit.", retry_after="120"),
            "overloaded": error(529, "overloaded_error", "Overloaded"),
            "server_error": error(500, "api_error", "Internal server error"),
        }  # fmt: skip


@dataclass(frozen=True)
class Refusal:
    """A response that is an error."""

    status: int
    body: object
    headers: dict[str, str] | None = None
    kind: str = "application/json"

    async def send(self, exchange):
        await exchange.answer(self.status, self.body, kind=self.kind, **(self.headers or {}))


DIALECTS = {
    dialect.provider: dialect
    for dialect in (OpenAIDialect(), AnthropicDialect(), CompatibleDialect())
}
