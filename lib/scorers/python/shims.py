# What Python has and the interpreter does not, in the Python that it knows; rewrite.ts puts these names in place of the
# originals. shim_MODULE_NAME stands for NAME of MODULE, shim_method_NAME for a method of that name, and the rest for syntax.
# What is lazy in Python is worked out at once here and handed on as an iterator.

def shim_functools_reduce(function, items, *initial):
    items = list(initial) + list(items)
    if len(items) == 0:
        raise TypeError("reduce() of empty iterable with no initial value")
    total = items[0]
    for item in items[1:]:
        total = function(total, item)
    return total

def shim_functools_cache(function):
    known = {}
    def cached(*args, **named):
        key = (args, tuple(sorted(named.items())))
        if key not in known:
            known[key] = function(*args, **named)
        return known[key]
    return cached

def shim_functools_lru_cache(maxsize=128, typed=False):
    return shim_functools_cache if maxsize is None or isinstance(maxsize, int) else shim_functools_cache(maxsize)

def shim_functools_partial(function, *args, **named):
    return lambda *more, **others: function(*args, *more, **{**named, **others})

def shim_functools_wraps(function):
    return lambda wrapper: wrapper

def shim_collections_Counter(items=()):
    if isinstance(items, dict):
        return dict(items)
    counts = {}
    for item in items:
        counts[item] = counts.get(item, 0) + 1
    return counts

def shim_collections_defaultdict(factory=None, items=()):
    return dict(items)

def shim_collections_OrderedDict(items=()):
    return dict(items)

def shim_collections_deque(items=()):
    return list(items)

def shim_method_most_common(self, n=None):
    ordered = sorted(self.items(), key=lambda item: -item[1])
    return ordered if n is None else ordered[:n]

def shim_method_popleft(self):
    return self.pop(0)

def shim_method_appendleft(self, item):
    self.insert(0, item)

def shim_method_bit_length(self):
    return len(bin(abs(self))) - 2 if self else 0

def shim_method_is_integer(self):
    return self == int(self)

def shim_itertools_chain(*parts):
    return iter([item for part in parts for item in part])

def shim_itertools_from_iterable(parts):
    return iter([item for part in parts for item in part])

def shim_itertools_product(*parts, repeat=1):
    found = [()]
    for part in [list(part) for part in parts] * repeat:
        found = [(*start, item) for start in found for item in part]
    return iter(found)

def shim_itertools_permutations(items, r=None):
    items = list(items)
    found = [()]
    for _ in range(len(items) if r is None else r):
        found = [(*start, i) for start in found for i in range(len(items)) if i not in start]
    return iter([tuple([items[i] for i in places]) for places in found])

def shim_itertools_combinations(items, r):
    items = list(items)
    found = [()]
    for _ in range(r):
        found = [(*start, i) for start in found for i in range(start[-1] + 1 if start else 0, len(items))]
    return iter([tuple([items[i] for i in places]) for places in found])

def shim_itertools_accumulate(items, function=lambda a, b: a + b, initial=None):
    found = [] if initial is None else [initial]
    for item in items:
        found.append(function(found[-1], item) if found else item)
    return iter(found)

def shim_itertools_groupby(items, key=lambda item: item):
    groups = []
    for item in items:
        if groups and groups[-1][0] == key(item):
            groups[-1][1].append(item)
        else:
            groups.append((key(item), [item]))
    return iter(groups)

def shim_itertools_zip_longest(*parts, fillvalue=None):
    parts = [list(part) for part in parts]
    longest = max([len(part) for part in parts], default=0)
    return zip(*[part + [fillvalue] * (longest - len(part)) for part in parts])

def shim_itertools_islice(items, *bounds):
    return iter(list(items)[slice(*bounds)])

def shim_itertools_pairwise(items):
    items = list(items)
    return zip(items, items[1:])

def shim_heapq_heapify(heap):
    heap.sort()

def shim_heapq_heappush(heap, item):
    heap.append(item)
    heap.sort()

def shim_heapq_heappop(heap):
    heap.sort()
    return heap.pop(0)

def shim_bisect_bisect_left(items, x):
    return sum([1 for item in items if item < x])

def shim_bisect_bisect_right(items, x):
    return sum([1 for item in items if not x < item])

def shim_math_prod(items, start=1):
    return shim_functools_reduce(lambda a, b: a * b, items, start)

def shim_math_hypot(*sides):
    return sum([side * side for side in sides]) ** 0.5

def shim_copy_copy(value):
    return value[:] if isinstance(value, list) else dict(value) if isinstance(value, dict) else value

def shim_copy_deepcopy(value):
    if isinstance(value, (list, tuple)):
        return type(value)([shim_copy_deepcopy(item) for item in value])
    return {key: shim_copy_deepcopy(item) for key, item in value.items()} if isinstance(value, dict) else value

shim_operator_add = lambda a, b: a + b
shim_operator_sub = lambda a, b: a - b
shim_operator_mul = lambda a, b: a * b
shim_operator_truediv = lambda a, b: a / b
shim_operator_floordiv = lambda a, b: a // b
shim_operator_mod = lambda a, b: a % b
shim_operator_pow = lambda a, b: a**b
shim_operator_xor = lambda a, b: a ^ b
shim_operator_neg = lambda a: -a
shim_operator_itemgetter = lambda *keys: lambda value: value[keys[0]] if len(keys) == 1 else tuple([value[k] for k in keys])
shim_string_ascii_lowercase = "abcdefghijklmnopqrstuvwxyz"
shim_string_ascii_uppercase = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
shim_string_ascii_letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
shim_string_digits = "0123456789"
shim_string_punctuation = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
shim_string_whitespace = " \t\n\r\x0b\x0c"
shim_sys_maxsize = 2**63 - 1

def shim_int(text, base):
    digits = "0123456789abcdefghijklmnopqrstuvwxyz"[:base]
    total = 0
    for digit in text.lower().removeprefix({2: "0b", 8: "0o", 16: "0x"}.get(base, "-")):
        if digit not in digits:
            raise ValueError("invalid literal for int()")
        total = total * base + digits.index(digit)
    return total

def shim_slice(target, start, stop, step, values):
    if step is None:
        first = 0 if start is None else len(target[:start])
        last = len(target) if stop is None else len(target[:stop])
        kept = target[:first] + list(values) + target[max(first, last):]
    else:
        places, values = list(range(len(target)))[start:stop:step], list(values)
        if values and len(values) != len(places):
            raise ValueError("attempt to assign sequence to extended slice of another size")
        kept = target[:]
        for place, value in zip(places, values):
            kept[place] = value
        if not values:
            kept = [item for place, item in enumerate(target) if place not in places]
    target.clear()
    target.extend(kept)

def shim_del(target, key):
    target.pop(key)

def format(value, spec=""):
    return f"{value:{spec}}"
