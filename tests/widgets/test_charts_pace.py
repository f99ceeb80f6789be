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


async def test_the_first_wish_is_granted_at_once_and_the_last_is_not_lost():
    wish, done = 0, []
    pace = Pace(lambda: done.append(wish), 0.02)
    for wish in range(1, 50):  # noqa: B007 - the action reads it
        pace.ask()
    assert done == [1]
    await asyncio.sleep(0.1)
    assert done == [1, 49]


async def test_wishes_from_another_thread_are_granted_too():
    done = []
    pace = Pace(lambda: done.append(threading.current_thread()), 0.02)
    pace.ask()
    asker = threading.Thread(target=lambda: [pace.ask() for _ in range(20)])
    asker.start()
    await asyncio.sleep(0.1)
    asker.join()
    assert len(done) == 2
    assert done[-1] is threading.main_thread()


async def test_quiet_waits_until_nobody_asks():
    done = []
    quiet = Quiet(lambda: done.append(1), 0.05)
    for _ in range(5):
        quiet.ask()
        await asyncio.sleep(0.005)
    assert done == []
    await asyncio.sleep(0.15)
    assert done == [1]
