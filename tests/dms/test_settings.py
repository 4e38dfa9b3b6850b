"""Settings come from arguments, then from the environment, then from sensible defaults; nonsense is refused by name."""

from pathlib import Path

import pytest

from dms.config import MEGABYTE, SettingUnusable, settings_from


def settings(home=None, passphrase_file=None, **environment):
    return settings_from(environment, home=home, passphrase_file=passphrase_file)


def test_without_a_word_from_anyone_the_defaults_are_in_force():
    stated = settings()
    assert stated.home == Path("archive").absolute()
    assert stated.passphrase_file is None
    assert (stated.language, stated.ocr_engine, stated.secure_cookies) == ("zh", "rapidocr", False)
    assert (stated.max_upload_bytes, stated.min_free_disk_bytes) == (200 * MEGABYTE, 500 * MEGABYTE)
    assert 1 <= stated.reading_processes <= 4


def test_arguments_go_before_the_environment():
    environment = {"DMS_HOME": "/from/environment", "DMS_PASSPHRASE_FILE": "/secret"}
    assert settings(**environment).home == Path("/from/environment")
    assert settings(**environment).passphrase_file == Path("/secret")
    stated = settings(Path("/given"), Path("/given/secret"), **environment)
    assert (stated.home, stated.passphrase_file) == (Path("/given"), Path("/given/secret"))


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "zh"),
        ({"LANG": "C.UTF-8"}, "zh"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "en_GB"}, "en"),
        ({"LANG": "en_US.UTF-8", "DMS_LANG": "zh"}, "zh"),
        ({"DMS_LANG": "EN"}, "en"),
        ({"LANG": "fr_FR.UTF-8"}, "zh"),
        ({"DMS_LANG": ""}, "zh"),
    ],
)
def test_chinese_is_spoken_unless_another_language_is_asked_for(environment, language):
    assert settings(**environment).language == language


@pytest.mark.parametrize("name", ["DMS_READING_PROCESSES", "DMS_MAX_UPLOAD_MB", "DMS_MIN_FREE_DISK_MB"])
@pytest.mark.parametrize("value", ["many", "-1", "1.5", "9" * 30, "٣", "1e3", "0x10"])
def test_a_number_that_cannot_be_one_is_refused_by_name(name, value):
    with pytest.raises(SettingUnusable) as caught:
        settings(**{name: value})
    assert (caught.value.name, caught.value.value) == (name, value)


def test_nobody_reads_without_a_process_or_receives_without_a_byte():
    for name in ("DMS_READING_PROCESSES", "DMS_MAX_UPLOAD_MB"):
        with pytest.raises(SettingUnusable):
            settings(**{name: "0"})
    assert settings(DMS_MIN_FREE_DISK_MB="0").min_free_disk_bytes == 0
    assert settings(DMS_READING_PROCESSES=" 3 ").reading_processes == 3
