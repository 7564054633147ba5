def source = new File(basedir, 'src/main/java/com/acme/Prices.java').canonicalPath
def log = new File(basedir, 'build.log').readLines()

assert log.count {
    it == "[ERROR] $source:[11,1] @Async method total is not compiled; it suspends in line 11".toString()
} == 1
assert log.any { it.startsWith('[ERROR] Compile these classes: add weft-javac to the annotation processor path') }
assert log.any { it.contains('Weft found 1 place that would fail at run time, listed above.') }
assert log.count { it == '[INFO] All async code is compiled: 1 class' } == 1
