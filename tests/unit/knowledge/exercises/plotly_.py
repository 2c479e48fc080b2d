"""Plotly: a figure as a page and as data, with a template and example data."""

import plotly.graph_objects as go
import plotly.io

figure = go.Figure(go.Bar(x=[1], y=[2]), layout={"template": "plotly_dark"})
assert plotly.io.to_html(figure)
assert figure.to_json()
