"""The OpenAPI 3.1 document of the routes, made of the same shapes that check requests."""

import re
from collections.abc import Iterable
from http import HTTPStatus
from typing import Final

from attrs import field, frozen

from entrypoints.catalogue import context_title
from entrypoints.examples import example_of
from entrypoints.http import errors
from entrypoints.http.answering import COOKIE, CSRF_HEADER
from entrypoints.http.problems import MEDIA_TYPE, Problem, status_of
from entrypoints.http.routes import JSON, PARAMETER, Access, Route
from entrypoints.http.words import Words
from entrypoints.registered import contexts
from entrypoints.schema import Document, Schemas
from entrypoints.shape import Maybe, Member, shape_of
from supervision_core.audit.model import LogUnanchored
from supervision_core.identity.model import (
    NotLoggedIn,
    PermissionDenied,
    StepUpRequired,
)
from supervision_core.kernel.errors import (
    Conflict,
    DomainError,
    KeyReused,
    NotFound,
    Outdated,
    Refused,
)
from supervision_core.kernel.messages import Messages
from supervision_core.kernel.paging import MAX_PAGE_SIZE

FILE: Final[Document] = {"type": "string", "format": "binary"}
_PLATFORM: Final = "platform"
_PLATFORM_TITLE: Final = "平台运行：健康检查、接口说明、引用对象"
ID_PATTERN: Final = "^[A-Za-z0-9_.@:-]{1,80}$"
_ALWAYS: Final[tuple[type[DomainError], ...]] = (
    errors.ParametersInvalid,
    errors.HostUnknown,
    errors.TooMany,
    errors.Busy,
    errors.Unexpected,
    errors.StoreFull,
)
_BY_STATUS: Final = {
    200: "成功", 201: "已新增", 304: "与上次读取相同", 400: "请求不符合接口要求",
    401: "未登录或登录失败", 403: "没有权限", 404: "没有找到，或不在数据范围内",
    408: "请求体未按时传完", 409: "与他人的修改冲突", 412: "已不是所见的版本",
    413: "请求体过大", 415: "请求体的类型不对", 421: "域名不对",
    422: "业务规则不允许，逐条列出原因",
    428: "须说明所见的版本", 429: "请求过于频繁", 500: "系统内部错误",
    503: "暂时不能提供服务", 507: "存储空间已满",
}  # fmt: skip


@frozen
class Describing:
    """Describes routes in Chinese."""

    words: Words
    messages: Messages
    schemas: Schemas = field(init=False)

    @schemas.default
    def _no_schemas(self) -> Schemas:
        return Schemas("#/components/schemas/", self.words.of)

    def document(self, routes: Iterable[Route], *, version: str) -> Document:
        """Give the whole document."""
        paths: dict[str, Document] = {}
        routes = tuple(routes)
        groups = dict.fromkeys(_group_of(one) for one in routes)
        self.schemas.of(shape_of(Problem))
        for route in routes:
            paths.setdefault(route.path, {})[route.method.lower()] = self._operation(route)
        return {
            "openapi": "3.1.0",
            "info": {
                "title": "广西跨部门综合监管平台接口",
                "version": version,
                "description": self.words.introduction,
                "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
            },
            "servers": [{"url": "/"}],
            "tags": [
                {"name": name, "x-displayName": title, "description": title}
                for name in groups
                for title in [_PLATFORM_TITLE if name == _PLATFORM else context_title(name)]
            ],
            "paths": paths,
            "components": {
                "schemas": dict(sorted(self.schemas.kept.items())),
                "securitySchemes": {
                    "bearer": {
                        "type": "http",
                        "scheme": "bearer",
                        "description": "登录得到的会话令牌，供系统之间调用。",
                    },
                    "session": {
                        "type": "apiKey",
                        "in": "cookie",
                        "name": COOKIE,
                        "description": f"浏览器会话；写操作另须在{CSRF_HEADER}中送回csrf_token，"
                        "记入日志的查看由其他网站发起时也须送回。",
                    },
                },
            },
        }

    def _operation(self, route: Route) -> Document:
        made: Document = {
            "operationId": route.name,
            "summary": route.title,
            "tags": [_group_of(route)],
            "parameters": [*self._parameters(route), *self._headers(route)],
            "responses": self._responses(route),
            "security": [] if route.access is Access.PUBLIC else [{"bearer": []}, {"session": []}],
        }
        access = f"需要权限：`{route.permission}`。" if route.permission else ""
        step_up = "需要在最近5分钟内再次核验身份。" if route.critical else ""
        if text := f"{route.text}{access}{step_up}":
            made["description"] = text
        if route.permission:
            made["x-permission"] = route.permission
        if route.has_body:
            bodies: dict[str, Document] = {one: {"schema": FILE} for one in route.media}
            if route.takes == JSON:
                example = example_of(route.rest, whole=True)
                bodies = {JSON: {"schema": self.schemas.of(route.rest), "example": example}}
            made["requestBody"] = {"required": True, "content": bodies}
        return made

    def _parameters(self, route: Route) -> Iterable[Document]:
        for name in PARAMETER.findall(route.path):
            schema = self.schemas.of(route.path_members[name].shape)
            if schema.get("type") == "string" and "enum" not in schema:
                schema = {"type": "string", "pattern": ID_PATTERN}
            yield self._parameter(route, name, "path", schema, required=True)
        if not route.has_body:
            for one in route.rest.members:
                schema = self._in_query(route, one)
                yield self._parameter(route, one.name, "query", schema, required=one.required)

    def _parameter(
        self, route: Route, name: str, place: str, schema: Document, *, required: bool
    ) -> Document:
        words = self.words.of(route.renamed.get(name, name), route.asked)
        text = words.pop("description")
        return {
            "name": name,
            "in": place,
            "required": required,
            "description": text,
            "schema": {**schema, **words},
        }

    def _in_query(self, route: Route, one: Member) -> Document:
        shape = one.shape.shape if isinstance(one.shape, Maybe) else one.shape
        schema = self.schemas.of(shape)
        if one.name == "page_size":
            schema |= {"minimum": 1, "maximum": MAX_PAGE_SIZE, "default": 20}
        if one.name == "order":
            schema |= {"enum": ["", *route.orders]}
        return schema

    def _headers(self, route: Route) -> Iterable[Document]:
        if route.keyed:
            yield _header(
                "Idempotency-Key",
                "幂等键：同一键重发同一请求，得到同样的答复而不重复执行；另一请求用同一键则被拒绝。",
                {"type": "string", "pattern": "^[!-~]{1,255}$"},
            )
        if route.versioned:
            when = "停用（enabled为false）时必填，缺少则拒绝（428）。" if route.may_disable else ""
            yield _header(
                "If-Match",
                f"读取时得到的ETag；版本已变则拒绝（412）。{when}",
                {"type": "string", "pattern": '^("[0-9]{1,15}"|\\*)$'},
                required=route.always_versioned,
            )
        if route.tagged:
            yield _header("If-None-Match", "上次的ETag；未变则答复304。", {"type": "string"})

    def _responses(self, route: Route) -> Document:
        body: Document = {route.gives: {"schema": FILE}}
        if route.gives == JSON:
            example = example_of(route.answer_shape, whole=True)
            body = {JSON: {"schema": self.schemas.of(route.answer_shape), "example": example}}
        done: Document = {"description": _BY_STATUS[route.status], "content": body}
        if route.tagged:
            schema = {"type": "string", "pattern": '^"[0-9]+"$'}
            done["headers"] = {"ETag": {"description": "版本", "schema": schema}}
        found: dict[int, Document] = {route.status: done}
        if route.tagged:
            found[HTTPStatus.NOT_MODIFIED] = {"description": _BY_STATUS[304]}
        by_status: dict[int, list[type[DomainError]]] = {}
        for kind in refusals_of(route):
            by_status.setdefault(status_of(kind), []).append(kind)
        problem = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
        for status, kinds in by_status.items():
            codes = "、".join(sorted(f"`{kind.code}`" for kind in kinds if kind is not Refused))
            text = _BY_STATUS[status] + (f"：{codes}" if codes else "")
            found[status] = {"description": text, "content": problem}
        return {str(int(status)): found[status] for status in sorted(found)}


def _group_of(route: Route) -> str:
    """Give the context that a route belongs to, as its path says; all else is the platform's."""
    found = re.match(r"/api/v1/(\w+)/", route.path)
    return found[1] if found and found[1] in contexts() else _PLATFORM


def _header(name: str, text: str, schema: Document, *, required: bool = False) -> Document:
    return {"name": name, "in": "header", "required": required, "description": text,
            "schema": schema}  # fmt: skip


def _of_versions(route: Route) -> Iterable[type[DomainError]]:
    if route.versioned:
        yield Outdated
    if route.always_versioned or route.may_disable:
        yield errors.VersionRequired


def refusals_of(route: Route) -> list[type[DomainError]]:
    """Give every kind of refusal that a route may answer with."""
    found = [*_ALWAYS, *route.refusals]
    if route.path.startswith("/health/"):
        found = [errors.ParametersInvalid, errors.TooMany, errors.Busy, errors.Unexpected]
        found += route.refusals
    if route.has_body:
        found += [errors.BodyInvalid, errors.BodyBroken, errors.BodyTooLarge, errors.BodyTooSlow,
                  errors.MediaTypeUnfit]  # fmt: skip
    if route.access is not Access.PUBLIC:
        found += [NotLoggedIn, PermissionDenied]
        if route.writes or route.audited:
            found.append(errors.CrossSite)
    if route.critical:
        found.append(StepUpRequired)
    if "{" in route.path or route.permission:
        found.append(NotFound)
    if route.writes:
        found += [Refused, Conflict, errors.ValueUnfit, errors.StoreUnavailable, LogUnanchored]
    if route.keyed:
        found += [KeyReused, Conflict]
    found += _of_versions(route)
    return sorted(set(found), key=lambda kind: (status_of(kind), kind.code))
