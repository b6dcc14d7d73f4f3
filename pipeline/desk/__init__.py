"""The officer's desk: a round with what reading its returns needs, and the reading of one file, in this process or behind the wall.

Knows the order of the stages from bytes to a checked record; knows no store and no inbox.
"""

from pipeline.desk.desk import Desk
from pipeline.desk.reading import read_return
from pipeline.desk.wall import Said, read_files, set_up

__all__ = ["Desk", "Said", "read_files", "read_return", "set_up"]
