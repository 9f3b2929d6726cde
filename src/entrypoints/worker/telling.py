"""The jobs that hand messages on: to the message service, and to phones, where these are set."""

import os
from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from entrypoints.container import Platform, open_notices
from entrypoints.settings import Settings
from entrypoints.worker.loop import LOG, Job
from supervision_core.identity.services.phone_notices import PhoneNoticeDelivery

EVERY: Final = timedelta(seconds=30)


def telling(platform: Platform) -> Sequence[Job]:
    """Give the jobs of those services that there are."""
    settings = Settings.from_environment(os.environ)
    jobs = []
    if settings.sms_url:
        jobs.append(_to_phones(platform))
    if settings.notice_url:
        jobs.append(_to_users(settings, platform))
    return tuple(jobs)


def _to_phones(platform: Platform) -> Job:
    delivery = PhoneNoticeDelivery(platform.transactions, platform.clock, platform.log_ins.messages)

    def run() -> None:
        if done := delivery.run():
            LOG.info("phones told: %s", done)

    return Job(name="phone_notices", title="更换手机号的提醒短信", every=EVERY, run=run)


def _to_users(settings: Settings, platform: Platform) -> Job:

    def run() -> None:
        if done := open_notices(settings, platform).run():
            LOG.info("notices: %s", done)

    return Job(name="notices", title="发送消息", every=EVERY, run=run)
