def source = new File(basedir, 'src/main/java/com/acme/Dropped.java').canonicalPath
def log = new File(basedir, 'build.log').readLines()

assert log.count { it.startsWith("[ERROR] $source:[13,1] ") } == 1
assert log.count { it.startsWith("[WARNING] $source:[13,1] ") } == 1
assert log.any { it.contains('there is no warning "dropped"; known are all, dropped-coroutine,') }
assert log.any { it == '[INFO] Compiled 1 async method in 1 class' }
assert log.any { it.endsWith('[weft:dropped-coroutine]') }
assert log.every { !it.contains("$source:[19,1]") }
