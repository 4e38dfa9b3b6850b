"""The colour profile, as a colour management system sees it."""

import io

from PIL import Image, ImageCms

from dms.printing.colour_profile import srgb_profile


def test_the_profile_says_its_own_length_and_is_version_two():
    profile = srgb_profile()
    assert int.from_bytes(profile[:4], "big") == len(profile)
    assert profile[8:12] == bytes([2, 0x10, 0, 0])
    assert profile[36:40] == b"acsp"


def test_the_profile_means_the_same_colours_as_the_srgb_of_others():
    ours = ImageCms.ImageCmsProfile(io.BytesIO(srgb_profile()))
    colours = Image.new("RGB", (6, 1))
    colours.putdata([(0, 0, 0), (255, 255, 255), (200, 30, 40), (20, 180, 60), (10, 20, 220), (128, 128, 128)])
    seen = ImageCms.profileToProfile(colours, ours, ImageCms.createProfile("sRGB"))
    differences = [abs(a - b) for a, b in zip(colours.tobytes(), seen.tobytes(), strict=True)]
    assert max(differences) <= 2
