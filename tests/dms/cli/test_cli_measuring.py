"""Measurements in small: they work through real archives and tell what they found."""

from simulators.command_line import run


def test_all_keys_are_rotated_under_the_eyes_of_others_and_no_object_changes():
    told = run("bench", "rotation", "--items", "20", "--json").answer
    assert (told["items"], told["objects"], told["objects_changed"], told["unreadable"]) == (20, 20, 0, 0)
    assert told["rewrapped"] >= 20 and told["catalogue_rekeyed"]
    assert sum(told[name] for name in told if name.endswith("_refused")) == 0


def test_sealing_is_measured_in_both_suites_in_memory_and_on_the_disk(tmp_path):
    told = run("bench", "vault", "--size-mb", "1", "--json").answer
    for place in ("aes-256-gcm memory", "aes-256-gcm disk", "sm4-gcm memory", "sm4-gcm disk"):
        assert told[f"{place} seal_mb_s"] > 0 and told[f"{place} open_to_bare_decrypt"] > 0
    assert [path.name for path in tmp_path.iterdir() if "bench" in path.name] == []
