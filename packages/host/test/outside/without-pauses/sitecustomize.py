"""Python imports this before a program. The article's measurement rests two seconds after each of its
50 rounds; the text of the program stays as it is, and the rest is shorter."""

import time

rest = time.sleep
time.sleep = lambda seconds: rest(min(seconds, 0.01))
