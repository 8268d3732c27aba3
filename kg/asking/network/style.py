"""The colours of pictures and of the page around them, but for those of kinds, grades and polarities.

Those are in ``kg.asking.things.kinds`` and ``kg.model.labels``, with the word that each stands for.
"""

from __future__ import annotations

PAPER = "#ffffff"
INK = "#1c2230"
"""Words."""
QUIET = "#4d5665"
"""Words that stand back: notes, captions, numbers."""
FRAME = "#f5f6f9"
"""The ground of a frame around boxes, and of quoted words."""
FRAME_LINE = "#d3d9e3"
"""The line around a frame, and between parts of the page."""
LINE = "#8b97ab"
"""Relations along the frames."""
ACROSS = "#7d4f8f"
"""Relations across the frames."""
CHOSEN = "#1450b8"
"""What is chosen or has the focus, and what leads elsewhere."""
CONTROL = "#7b8698"
"""The line around buttons."""
CONTROL_HOVER = "#eef1f6"
"""A button under the pointer."""
UNKNOWN = "#4a525d"
"""What has no kind."""

COLOURS = {
    "paper": PAPER,
    "ink": INK,
    "quiet": QUIET,
    "frame": FRAME,
    "frame_line": FRAME_LINE,
    "line": LINE,
    "chosen": CHOSEN,
    "control": CONTROL,
    "control_hover": CONTROL_HOVER,
}
"""The names by which ``neighbourhood.css`` speaks of them (``$ink``)."""
