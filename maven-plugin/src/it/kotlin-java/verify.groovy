def jar = { artifact -> new File(localRepositoryPath, artifact).listFiles()
    .findAll { it.directory }.collectMany { it.listFiles().toList() }
    .find { it.name.endsWith('.jar') && !it.name.endsWith('-sources.jar') }.path }
def program = ["${System.getProperty('java.home')}/bin/java", '-cp', [
    "$basedir/target/classes", jar('dev/weft/weft-runtime'), jar('org/jetbrains/kotlin/kotlin-stdlib')
].join(File.pathSeparator), 'com.acme.MainKt'].execute()
def errors = new StringBuilder()
def output = new StringBuilder()
program.waitForProcessOutput(output, errors)
assert errors.toString() == ''
assert output.readLines() == ['700', 'closed', 'open 300', '300 and 401']
