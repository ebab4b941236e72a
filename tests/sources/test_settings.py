"""Where settings come from, and that a key is never shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor.sources.errors import SourceError
from extractor.sources.settings import RATE, Settings, load_settings

KEY = "0123456789abcdef"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user without any settings."""
    for name in ("EVMIR_EMAIL", "EVMIR_STORE", "EVMIR_RATE", "EVMIR_EUTILS_URL", "NCBI_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path


def configure(home: Path, text: str) -> None:
    (home / "config" / "evmir").mkdir(parents=True, exist_ok=True)
    (home / "config" / "evmir" / "config.ini").write_text(text, encoding="utf-8")


def test_without_anything_there_are_defaults(home: Path) -> None:
    settings = load_settings()
    assert (settings.email, settings.api_key, settings.rate) == ("", "", 0.0)
    assert settings.store == home / "data" / "evmir" / "store"
    assert settings.cache == home / "cache" / "evmir"


def test_options_win_over_environment_over_file(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    configure(home, "[evmir]\nemail = 'file@example.org'\nstore = /from/file\nattempts = 9\n")
    assert load_settings().email == "file@example.org"
    monkeypatch.setenv("EVMIR_EMAIL", "environment@example.org")
    monkeypatch.setenv("EVMIR_STORE", "/from/environment")
    settings = load_settings(store=Path("/from/option"), cache=None)
    assert (settings.email, settings.store) == ("environment@example.org", Path("/from/option"))
    assert settings.attempts == 9


@pytest.mark.parametrize("value", ["fast", "0", "-1", "inf", "nan"])
def test_a_number_that_is_none_is_named_with_its_place(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EVMIR_RATE", value)
    with pytest.raises(
        SourceError, match=f"rate in the environment is '{value}', which is no positive number"
    ):
        load_settings()


def test_an_unknown_setting_is_refused(home: Path) -> None:
    configure(home, "[evmir]\nemial = me@example.org\n")
    with pytest.raises(SourceError, match=r"config\.ini: no setting is named 'emial'; there are api_key"):
        load_settings()


@pytest.mark.parametrize("text", [f"api_key = {KEY}\n", f"[evmir\napi_key = {KEY}\n", f"[evmir]\n{KEY}\n"])
def test_a_broken_file_is_named_and_its_key_is_not(home: Path, text: str) -> None:
    configure(home, text)
    with pytest.raises(SourceError, match=r"config\.ini.*cannot be read; write \[evmir\]") as told:
        load_settings()
    assert KEY not in str(told.value)


def test_printed_settings_show_no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NCBI_API_KEY", KEY)
    assert load_settings().api_key == KEY
    assert KEY not in repr(load_settings())


@pytest.mark.parametrize("url", ["ftp://example.org/", "example.org", "https://"])
def test_what_is_no_address_is_refused(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EVMIR_EUTILS_URL", url)
    with pytest.raises(SourceError, match="eutils_url is no address"):
        load_settings()


def test_a_key_goes_over_https_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NCBI_API_KEY", KEY)
    monkeypatch.setenv("EVMIR_EUTILS_URL", "http://eutils.example.org/")
    with pytest.raises(SourceError, match="eutils_url begins with http://"):
        load_settings()
    for url in ("http://127.0.0.1:8000/", "http://localhost/", "http://[::1]/"):
        monkeypatch.setenv("EVMIR_EUTILS_URL", url)
        assert load_settings().eutils_url == url


def test_a_public_service_is_never_asked_more_often_than_it_allows() -> None:
    eager = Settings(rate=50.0)
    assert eager.pace(eager.eutils_url, RATE) == RATE
    assert eager.pace("http://127.0.0.1/", RATE) == 50.0
    assert Settings(rate=1.0).pace(eager.eutils_url, RATE) == 1.0
    assert Settings().pace("http://127.0.0.1/", RATE) == RATE
