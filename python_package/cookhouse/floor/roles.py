"""Roles: who may do what. The least role of each route stands beside the route itself."""

from __future__ import annotations

from typing import Any, Protocol

from cookhouse.floor.messages import Role

ORDER: tuple[Role, ...] = ("viewer", "author", "operator", "admin")


class RoleSettings(Protocol):
    """The part of the settings that roles are read from."""

    @property
    def roles(self) -> dict[str, str]:
        """User or group name → role."""

    @property
    def default_role(self) -> Role:
        """The role of everybody who is not named."""


def suffices(held: Role, needed: Role) -> bool:
    """Say whether one role includes the other."""
    return ORDER.index(held) >= ORDER.index(needed)


def role_of(settings: RoleSettings, user: Any) -> Role:
    """Return the highest role that the settings give the user by name.

    With no roles set there is a single user, who is admin.
    """
    if not settings.roles:
        return settings.default_role
    names = {str(getattr(user, "username", user))}
    held = [role for name, role in settings.roles.items() if name in names and role in ORDER]
    return max(held, key=ORDER.index, default=settings.default_role)
