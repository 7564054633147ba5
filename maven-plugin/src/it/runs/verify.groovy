def runtime = new File(localRepositoryPath, 'dev/weft/weft-runtime').listFiles()
    .findAll { it.directory }.collect { "$it/weft-runtime-${it.name}.jar" }.first()
def java = "${System.getProperty('java.home')}/bin/java"

def linesOf = { main ->
    def program = [java, '-cp', "$basedir/target/classes${File.pathSeparator}$runtime", main].execute()
    def errors = new StringBuilder()
    def output = new StringBuilder()
    program.waitForProcessOutput(output, errors)
    assert errors.toString() == ''
    return output.readLines()
}

assert linesOf('com.acme.Prices') == [
    'Get stock price of GOOG...', 'Get stock price of APPL...', '300', '400', '700']
assert linesOf('com.acme.Constructs') == [
    'expression 100,7!', 'loop 6', 'try 1failed23', 'lambda 2', 'recursion 3628800', 'default method 42']

// The lambda that does not await is left as it is.
def log = new File(basedir, 'build.log').text
assert log.contains('[INFO] Compiled 12 async methods in 3 classes\n')
