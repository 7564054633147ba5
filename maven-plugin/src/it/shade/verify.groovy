// The relocated names are those in the compiled classes, in their frame classes and in the runtime.
def jar = "$basedir/target/shade-1-shaded.jar"
new java.util.zip.ZipFile(jar).withCloseable { zip ->
    assert !zip.entries().any { it.name.startsWith('dev/weft/') }
    assert zip.getEntry('com/acme/weft/Weft.class') != null
}

def program = ["${System.getProperty('java.home')}/bin/java", '-cp', jar, 'com.acme.Shaded'].execute()
def errors = new StringBuilder()
def output = new StringBuilder()
program.waitForProcessOutput(output, errors)
assert errors.toString() == ''
// The stack trace has no method of the runtime, as without relocation.
assert output.readLines() == ['[10, 20, 30]', 'fails', 'main', 'main']
