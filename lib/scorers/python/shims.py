# What Python has and the interpreter does not, in the Python that it knows: shim_MODULE_NAME for NAME of MODULE, and
# shim_method_NAME for a method of that name. What is lazy in Python is worked out at once and handed on as a tuple.
shim_state = [42]
shim_collections_OrderedDict = dict
shim_collections_deque = list
shim_functools_wraps = lambda function: lambda wrapper: wrapper
shim_operator_add = lambda a, b: a + b
shim_operator_sub = lambda a, b: a - b
shim_operator_mul = lambda a, b: a * b
shim_operator_truediv = lambda a, b: a / b
shim_operator_itemgetter = lambda *keys: lambda value: value[keys[0]] if len(keys) == 1 else tuple([value[key] for key in keys])
shim_string_ascii_lowercase = "abcdefghijklmnopqrstuvwxyz"
shim_string_ascii_uppercase = shim_string_ascii_lowercase.upper()
shim_string_ascii_letters = shim_string_ascii_lowercase + shim_string_ascii_uppercase
shim_string_digits = "0123456789"
shim_string_punctuation = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
def shim_functools_partial(function, *given, **named):
    return lambda *rest, **more: function(*given, *rest, **{**named, **more})
def shim_functools_reduce(function, items, *initial):
    total, *others = [*initial, *list(items)]
    for item in others: total = function(total, item)
    return total
def shim_functools_cache(function):
    known = {}
    def cached(*args):
        if args not in known: known[args] = function(*args)
        return known[args]
    return cached
def shim_functools_lru_cache(maxsize=None, typed=False):
    return shim_functools_cache if maxsize is None or isinstance(maxsize, int) else shim_functools_cache(maxsize)
def shim_collections_Counter(items=()):
    counts = {}
    for item in items: counts[item] = counts.get(item, 0) + 1
    return counts
def shim_collections_defaultdict(factory=None): return {}
def shim_method_most_common(self, n=None): return sorted(self.items(), key=lambda item: -item[1])[:n]
def shim_method_popleft(self): return self.pop(0)
def shim_method_appendleft(self, item): self.insert(0, item)
def shim_itertools_from_iterable(parts): return tuple([item for part in parts for item in part])
def shim_itertools_chain(*parts): return shim_itertools_from_iterable(parts)
def shim_itertools_product(*parts, repeat=1):
    found = [()]
    for part in [list(part) for part in parts] * repeat:
        found = [(*start, item) for start in found for item in part]
    return tuple(found)
def shim_itertools_permutations(items, r=None):
    items, found = list(items), [()]
    for _ in range(len(items) if r is None else r):
        found = [(*start, i) for start in found for i in range(len(items)) if i not in start]
    return tuple([tuple([items[i] for i in places]) for places in found])
def shim_itertools_combinations(items, r):
    items, found = list(items), [()]
    for _ in range(r):
        found = [(*start, i) for start in found for i in range(start[-1] + 1 if start else 0, len(items))]
    return tuple([tuple([items[i] for i in places]) for places in found])
def shim_itertools_accumulate(items, function=lambda a, b: a + b):
    found = []
    for item in items: found.append(function(found[-1], item) if found else item)
    return tuple(found)
def shim_copy_copy(value): return value[:] if isinstance(value, list) else value.copy()
def shim_copy_deepcopy(value):
    if isinstance(value, dict): return {key: shim_copy_deepcopy(item) for key, item in value.items()}
    return type(value)([shim_copy_deepcopy(item) for item in value]) if isinstance(value, (list, tuple, set)) else value
def shim_sum(items, start=0):
    items = list(items)
    try:
        return sum(items, start)
    except TypeError:
        return sum([int(item) if isinstance(item, bool) else item for item in items], start)
def shim_int(text, base):
    text = text.strip().lower().replace("_", "")
    sign, text = -1 if text.startswith("-") else 1, text.lstrip("+-")
    marks = {"0b": 2, "0o": 8, "0x": 16}
    base = marks.get(text[:2], 10) if base == 0 else base
    text = text[2:] if marks.get(text[:2]) == base else text
    values = [(shim_string_digits + shim_string_ascii_lowercase).find(digit) for digit in text]
    if not values or not all([0 <= value < base for value in values]):
        raise ValueError(f"invalid literal for int() with base {base}: '{text}'")
    return sign * shim_functools_reduce(lambda total, value: total * base + value, values)
def shim_round(number, digits=None):
    return float(f"{number:.{digits}f}") if isinstance(number, float) and (digits or 0) > 0 else round(number, digits)
def shim_math_prod(items, start=1): return shim_functools_reduce(lambda a, b: a * b, items, start)
def shim_random_randint(low, high):
    shim_state[0] = (shim_state[0] * 1103515245 + 12345) % 2**31
    return low + shim_state[0] // 8 % (high - low + 1)
def shim_random_choice(items): return items[shim_random_randint(0, len(items) - 1)]
def shim_random_seed(value=None): pass
def shim_slice_assign(target, start, stop, step, values):
    places, values = list(range(len(target)))[start:stop:step], list(values)
    if step is not None and len(values) == len(places):
        for place, value in zip(places, values): target[place] = value
        return
    first = len(target[:start]) if start is not None else 0
    kept = [item for place, item in enumerate(target) if place not in places]
    if step is not None and values:
        raise ValueError("attempt to assign a sequence of another size to an extended slice")
    target.clear()
    target.extend(kept[:first] + values + kept[first:])
