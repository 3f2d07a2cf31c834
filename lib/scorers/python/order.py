# The order of lists, sets and what holds them, as Python has it: the interpreter calls each less than no other.
shim_builtin_sorted, shim_builtin_min, shim_builtin_max = sorted, min, max
def shim_lt(a, b):
    if isinstance(a, (list, tuple)) and type(a) is type(b):
        for one, other in zip(a, b):
            if one != other: return shim_lt(one, other)
        return len(a) < len(b)
    if isinstance(a, (set, frozenset)) and isinstance(b, (set, frozenset)): return a != b and a.issubset(b)
    if type(a) is not type(b) and not (isinstance(a, (int, float)) and isinstance(b, (int, float))):
        raise TypeError("'<' not supported between instances of different types")
    return a < b
def shim_le(a, b): return a == b or shim_lt(a, b)
def shim_gt(a, b): return shim_lt(b, a)
def shim_ge(a, b): return a == b or shim_lt(b, a)
def shim_sorted(items, key=None, reverse=False):
    items = list(items)
    try:
        return shim_builtin_sorted(items, key=key, reverse=reverse)
    except TypeError:
        keys, places = [key(item) if key else item for item in items], []
    for i in range(len(items)):
        at = len(places)
        while at > 0 and (shim_gt if reverse else shim_lt)(keys[i], keys[places[at - 1]]): at -= 1
        places.insert(at, i)
    return [items[i] for i in places]
def shim_method_sort(self, key=None, reverse=False):
    items = shim_sorted(self, key=key, reverse=reverse)
    self.clear()
    self.extend(items)
def shim_extreme(builtin, items, key, default, reverse):
    try: return builtin(*items, key=key, **default)
    except TypeError: return shim_sorted(items[0] if len(items) == 1 else items, key, reverse)[0]
def shim_min(*items, key=None, **default): return shim_extreme(shim_builtin_min, items, key, default, False)
def shim_max(*items, key=None, **default): return shim_extreme(shim_builtin_max, items, key, default, True)
sorted, min, max = shim_sorted, shim_min, shim_max
