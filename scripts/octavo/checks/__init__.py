CHECKS = {}
def inspect(subject): return ()
def waive(found, waivers): return tuple(found)
