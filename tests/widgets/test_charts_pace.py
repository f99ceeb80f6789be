import asyncio
import threading

from stratcraft_jupyter.widgets.charts.pace import Pace, Quiet


def test_without_an_event_loop_everything_happens_at_once():
    done = []
    pace, quiet = Pace(lambda: done.append("pace"), 60), Quiet(lambda: done.append("quiet"), 60)
    pace.ask()
    pace.ask()
    quiet.ask()
    assert done == ["pace", "pace", "quiet"]


async def until(condition):
    async with asyncio.timeout(60):
        while not condition():
            await asyncio.sleep(0.005)


async def test_the_first_wish_is_granted_at_once_and_the_last_is_not_lost():
    wish, done = 0, []
    pace = Pace(lambda: done.append(wish), 1.0)
    for wish in range(1, 50):  # noqa: B007 - the action reads it
        pace.ask()
    assert done == [1]
    await until(lambda: len(done) > 1)
    assert done == [1, 49]


async def test_wishes_from_another_thread_are_granted_on_the_loop():
    done = []
    pace = Pace(lambda: done.append(threading.current_thread()), 1.0)
    pace.ask()
    asker = threading.Thread(target=lambda: [pace.ask() for _ in range(20)])
    asker.start()
    asker.join()
    await until(lambda: len(done) > 1)
    assert done == [threading.main_thread()] * 2


async def test_quiet_waits_until_nobody_asks():
    done = []
    quiet = Quiet(lambda: done.append(1), 1.0)
    for _ in range(5):
        quiet.ask()
        await asyncio.sleep(0.005)
    assert done == []
    await until(lambda: done)
    assert done == [1]
