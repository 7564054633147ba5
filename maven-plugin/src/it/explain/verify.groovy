def log = new File(basedir, 'build.log').readLines()
def page = new File(basedir, 'target/prices.html').text

// The class in target/classes is compiled, so the goal has compiled its source again.
assert log.any { it == '[INFO] total(Coroutine)  (line 11)' }
assert log.any { it == '[INFO]   state 1   line 11  await price' }
assert page.contains('<svg') && page.contains('return Coroutine.of(await(price) + 1);')
assert log.any { it.contains('there is no class com.acme.Sums on the class path: compile it first') }
for (goal in ['weft:check', 'weft:explain', 'weft:help', 'weft:instrument', 'weft:instrument-test']) {
    assert log.any { it == goal }
}
