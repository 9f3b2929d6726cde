"""Captcha pictures, drawn by `captcha` with the font that it carries: no network is needed."""

from captcha.image import ImageCaptcha

from supervision_core.identity.ports import CaptchaPictures


class DrawnCaptchaPictures(CaptchaPictures):
    """Turned and warped signs with noise, 200 by 70 pixels."""

    def __init__(self) -> None:
        """Load the font once."""
        self._drawer = ImageCaptcha(width=200, height=70)

    def draw(self, signs: str) -> bytes:
        """Give a PNG, another one each time."""
        return self._drawer.generate(signs, format="png").getvalue()
