def runtime = new File(localRepositoryPath, 'dev/weft/weft-runtime').listFiles()
    .findAll { it.directory }.collect { "$it/weft-runtime-${it.name}.jar" }.first()
def java = "${System.getProperty('java.home')}/bin/java"
def outputOf = { classes ->
    def output = new StringBuilder()
    [java, '-cp', "$basedir/target/$classes${File.pathSeparator}$runtime", 'com.acme.Version']
        .execute().waitForProcessOutput(output, System.err)
    output.readLines()
}

// From a folder Java takes the base version, from the archive the one for its release.
assert outputOf('classes') == ['older']
assert outputOf('multi-release-1.jar') == ['newer']
