"""A person changes the own password and stays signed in here, but nowhere else."""

from simulators.archives import PASSWORD
from simulators.desk import Desk

NEW = "另一句容易记住的话 2027"


def change(desk, current=PASSWORD, new=NEW, again=NEW):
    desk.get("/password")
    return desk.post("/password", {"current_password": current, "new_password": new, "repeated": again})


def test_the_new_password_works_here_at_once_and_ends_other_sessions(office, archive):
    elsewhere = Desk(archive).sign_in()
    assert change(office).location == "/"
    assert "密码已修改" in office.get("/").text
    assert elsewhere.get("/").status_code == 302
    Desk(archive).sign_in("admin", NEW)


def test_what_is_wrong_is_said_and_nothing_changes(office, archive):
    assert "当前密码不正确" in change(office, current="wrong").text
    assert "不一致" in change(office, again="something else").text
    assert "长度不合要求" in change(office, new="short", again="short").text
    Desk(archive).sign_in("admin", PASSWORD)


def test_no_password_is_ever_sent_back(office):
    assert NEW not in change(office, current="wrong").text
