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

// An image of the application's module, Weft's and java.base: nothing else is needed.
def image = new File(basedir, 'target/image').path
def jlink = ["${System.getProperty('java.home')}/bin/jlink", '--module-path',
    "$basedir/target/classes${File.pathSeparator}$runtime", '--add-modules', 'com.acme.shop',
    '--strip-debug', '--output', image].execute()
def said = new StringBuilder()
jlink.waitForProcessOutput(said, said)
assert jlink.exitValue() == 0 : said

def inImage = ["$image/bin/java", '-m', 'com.acme.shop/com.acme.shop.Shop'].execute()
def failed = new StringBuilder()
def greeted = new StringBuilder()
inImage.waitForProcessOutput(greeted, failed)
assert failed.toString() == ''
assert greeted.readLines() == ['welcome to com.acme.shop']
