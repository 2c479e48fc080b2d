"""List, set and dictionary comprehensions over dataclasses (pyperformance: comprehensions)."""

import bm_comprehensions
import harness


def work():
    """Check: the order of the widgets."""
    widgets = bm_comprehensions.make_some_widgets()
    tray = None
    for _ in range(2_500):
        tray = bm_comprehensions.WidgetTray(1, widgets)
    return [widget.widget_id for widget in tray.sorted_widgets]


if __name__ == "__main__":
    harness.main(work)
