"""Python imports this before a program. The waiters of the AWS command line rest for up to thirty
seconds between two looks; the program stays as it is, and looks more often."""

import time

rest = time.sleep
time.sleep = lambda seconds: rest(min(seconds, 0.5))
