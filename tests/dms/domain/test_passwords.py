"""What is left of a password when everything obvious is taken away decides whether it will do."""

import pytest

from dms.domain.password import Weakness, weakness_of

NAMES = ("wang", "王芳", "安徽皖江重工机械有限公司")


@pytest.mark.parametrize(
    "password",
    [
        "password2026!", "Passw0rd@2026", "qwertyuiop1234", "woaini1314520", "Admin@123456", "13812345678x",
        "1q2w3e4r5t6y", "aaaaaaaaaaaaaa", "abcdefghijkl", "zhongguo2026", "11010519491231002X", "我爱你我爱你我爱你123",
        "P@$$w0rd P@$$w0rd", "ｐａｓｓｗｏｒｄ２０２６", "welcome-to-2026",
    ],
)  # fmt: skip
def test_what_everybody_would_try_first_is_refused(password):
    assert weakness_of(password, names=NAMES) is Weakness.COMMON


@pytest.mark.parametrize("password", ["Wang.Fang.2026 xyzk", "王芳的钥匙挂在门后面", "安徽皖江重工机械有限公司的门"])
def test_names_of_the_person_and_the_company_are_refused(password):
    assert weakness_of(password, names=NAMES) is Weakness.NAME


@pytest.mark.parametrize("password", ["", "short", "九个字的密码不够长", "x" * 201])
def test_too_short_and_too_long_is_refused(password):
    assert weakness_of(password, names=NAMES) is Weakness.LENGTH


@pytest.mark.parametrize(
    "password",
    [
        "四海之内皆兄弟 2026", "一把好锁配一把好钥匙", "correct horse 42", "another key for 2027", "svWhqM3kLr",
        "jk7h-3mnp-qrs2-xyt4", "second pair of eyes", "tr0ub4dor&3xyz",
    ],
)  # fmt: skip
def test_a_sentence_or_something_random_will_do(password):
    assert weakness_of(password, names=NAMES) is None


def test_the_longest_password_is_judged_quickly():
    assert weakness_of("ab1" * 66, names=NAMES) is Weakness.COMMON
