"""The host of one service version: a small process in the recipe's own interpreter.

It imports the standard library, Starlette, uvicorn, orjson and the recipe, and nothing of the
server, whose libraries that interpreter does not have. Imports inside are relative, since the
process loads this folder as a package of its own (see `__main__`).
"""
