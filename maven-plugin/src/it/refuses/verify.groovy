def log = new File(basedir, 'build.log').readLines()
def sources = new File(basedir, 'src/main/java/com/acme').canonicalPath
def errors = log.findAll { it.startsWith('[ERROR] ' + sources) }

// Line by line as the compiler plugin prints them; class and method where there is no line.
assert errors.size() == 3
assert errors[0].startsWith("[ERROR] $sources/Locked.java:[14,1] ")
assert errors[1].startsWith("[ERROR] $sources/Locked.java:[19,1] ")
assert errors[2].startsWith("[ERROR] $sources/Native.java: com.acme.Native.elsewhere: ")
assert log.any { it.contains('Weft found 3 errors, listed above. No class file was changed.') }

def contents = { folder ->
    def root = new File(basedir, folder)
    def files = [:]
    root.eachFileRecurse(groovy.io.FileType.FILES) {
        files[root.toPath().relativize(it.toPath()).toString()] = it.bytes.toList()
    }
    files
}
assert contents('target/classes') == contents('target/untouched')
assert contents('target/classes').size() == 3
assert !new File(basedir, 'target').list().any { it.startsWith('.weft') }
