"""The peer of ``over_http``: FastAPI and SQLAlchemy doing nothing but the query of a list.

No session, no permission, no scope, no seals, no log. Run by a Python that has FastAPI.
"""

import json
import os
from typing import Any

from fastapi import FastAPI
from pydantic import BaseModel
from sqlalchemy import Engine, column, create_engine, select, table

PAGE = 20
DEPARTMENTS = table(
    "department",
    *map(column, ("id", "version", "enabled", "name", "code", "region", "parent", "place")),
    column("deleted_at"),
)
USERS = table("app_user", *map(column, ("id", "version", "enabled", "login", "body", "deleted_at")))
engine: Engine = create_engine(os.environ["PEER_DATABASE"], pool_size=8, max_overflow=0)
app = FastAPI()


class Department(BaseModel):
    """A department as its list shows it."""

    id: str
    version: int
    enabled: bool
    name: str
    code: str
    region: str
    parent: str | None
    place: int


class User(BaseModel):
    """A user as the table has him."""

    id: str
    version: int
    enabled: bool
    login: str
    draft: dict[str, Any]


class Departments(BaseModel):
    """A page of departments."""

    items: list[Department]


class Users(BaseModel):
    """A page of users."""

    items: list[User]


@app.get("/departments")
def departments() -> Departments:
    """Give the first page."""
    columns = DEPARTMENTS.c
    asked = (
        select(DEPARTMENTS)
        .where(columns.deleted_at.is_(None))
        .order_by(columns.place, columns.id)
        .limit(PAGE)
    )
    with engine.connect() as connection:
        found = connection.execute(asked).mappings().all()
    return Departments(items=[Department.model_validate(dict(row)) for row in found])


@app.get("/users")
def users() -> Users:
    """Give the first page."""
    columns = USERS.c
    asked = (
        select(USERS)
        .where(columns.deleted_at.is_(None))
        .order_by(columns.login, columns.id)
        .limit(PAGE)
    )
    with engine.connect() as connection:
        found = connection.execute(asked).mappings().all()
    items = [User(**{**row, "draft": json.loads(row["body"])}) for row in found]
    return Users(items=items)
