def runtime = new File(localRepositoryPath, 'dev/weft/weft-runtime').listFiles()
    .findAll { it.directory }.collect { "$it/weft-runtime-${it.name}.jar" }.first()
def java = "${System.getProperty('java.home')}/bin/java"
def program = [java, '-p', "$basedir/target/classes${File.pathSeparator}$runtime",
    '-m', 'com.acme.shop/com.acme.shop.Shop'].execute()
def errors = new StringBuilder()
def output = new StringBuilder()
program.waitForProcessOutput(output, errors)

assert errors.toString() == ''
assert output.readLines() == ['welcome to com.acme.shop']
