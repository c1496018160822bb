"""LRU cache in memory: bounded by bytes, and what nobody asks for goes first."""

from drugs.caching.lru import MemoryLRU


def test_an_lru_cache_is_bounded_by_bytes_and_drops_the_unused():
    small = MemoryLRU(100)
    for key in "abcd":
        small.put(key, key.upper(), 25)
    assert small.get("a") == "A"
    small.put("e", "E", 25)
    assert [small.get(key) for key in "abcde"] == ["A", None, "C", "D", "E"]
    small.put("e", "e", 50)
    assert small.size <= 100
    assert small.get("e") == "e"
    small.put("f", "F", 101)
    assert (small.get("f"), small.size) == (None, 0)


def test_what_is_removed_or_replaced_takes_no_room():
    small = MemoryLRU(100)
    small.put("a", "A", 40)
    small.put("a", "B", 60)
    assert (small.get("a"), small.size) == ("B", 60)
    small.put("b", "B", 40)
    for key in ("a", "never there"):
        small.remove(key)
    assert (small.all_keys(), small.size) == (["b"], 40)
    small.clear()
    assert (small.all_keys(), small.size) == ([], 0)
