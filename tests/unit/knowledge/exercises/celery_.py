"""celery: a task without a worker, a broker in memory."""

import celery

app = celery.Celery("exercise", broker="memory://", backend="cache+memory://")


@app.task
def add(first: int, second: int) -> int:
    """A sum."""
    return first + second


add.apply_async((1, 2))
app.conf.task_always_eager = True
assert add.delay(1, 2).get() == 3
assert (add.s(1, 2) | add.s(3)).apply().get() == 6
with app.connection() as connection:
    connection.ensure_connection(max_retries=1)
