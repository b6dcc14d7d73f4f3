"""The officer's desk: what takes several stages. A round with what reading its returns needs; the reading of a file, in this process or
behind the wall; and, a module each, taking in, sending, chasing, collecting, asking back, deciding, and the board.
"""

from pipeline.desk.desk import Desk
from pipeline.desk.reading import read_return
from pipeline.desk.said import Said
from pipeline.desk.wall import read_files, set_up

__all__ = ["Desk", "Said", "read_files", "read_return", "set_up"]
