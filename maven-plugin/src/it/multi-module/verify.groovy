def runtime = new File(localRepositoryPath, 'dev/weft/weft-runtime').listFiles()
    .findAll { it.directory }.collect { "$it/weft-runtime-${it.name}.jar" }.first()
def java = "${System.getProperty('java.home')}/bin/java"
def classPath = ["$basedir/app/target/classes", "$basedir/lib/target/classes", runtime]
def program = [java, '-cp', classPath.join(File.pathSeparator), 'com.acme.app.App'].execute()
def errors = new StringBuilder()
def output = new StringBuilder()
program.waitForProcessOutput(output, errors)

assert errors.toString() == ''
assert output.readLines() == ['43']
assert new File(basedir, 'build.log').text.count('Compiled 1 async method in 1 class') == 2
