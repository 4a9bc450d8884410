"""The mechanisms of the model, one file each: all that there is to know about one stands in its file.

A file declares a `MECHANISM` (see `declaration.py`): its switch with the values at which it does nothing,
its fields in a scenario, the rules and the state that it adds to the records of the engine, what practices
do to it, what it does every week, what is recorded of it; and it holds its equations, as compiled functions
over records. `catalogue.py` finds the files and derives every list from them.
"""
