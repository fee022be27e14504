"""What the incident service is told by its environment, beyond what every service is."""

from pydantic import Field, FilePath, model_validator

from shared.settings import ServiceSettings


class IncidentSettings(ServiceSettings):
    """The environment of the incident service and of the console that it serves."""

    console_url: str = Field(
        default="",
        description="the console's public address, where that is not what the service is asked for",
    )
    oidc_client_id: str = "liandong-console"
    oidc_client_secret: str = Field(default="", repr=False, description="empty for a public client")
    siblings: dict[str, str] = Field(
        default_factory=dict, description="addresses of dispatch, resources and notify, for the console"
    )
    base_map: FilePath | None = Field(
        default=None, description="the city's own map for the console, a PMTiles file; else boundaries only"
    )
    local_login: bool = Field(
        default=False, description="development and drills: the local issuer lets anybody choose who to be"
    )
    local_consoles: dict[str, str] = Field(
        default_factory=dict, description="with local login: the consoles of other nodes by their code"
    )

    @model_validator(mode="after")
    def _one_issuer(self) -> "IncidentSettings":
        if self.local_login and self.oidc_issuer:
            raise ValueError("LOCAL_LOGIN lets anybody in: never beside an OIDC issuer")
        if self.local_login and self.auth_keys_dir is None:
            raise ValueError("LOCAL_LOGIN needs AUTH_KEYS_DIR, the keys of the local issuer")
        return self
