import groovy.xml.XmlSlurper
import java.util.zip.ZipFile

def report(module) {
    def parser = new XmlSlurper()
    parser.setFeature('http://apache.org/xml/features/nonvalidating/load-external-dtd', false)
    parser.setFeature('http://apache.org/xml/features/disallow-doctype-decl', false)
    parser.parse(new File(basedir, "$module/target/site/jacoco/jacoco.xml"))
}

def counters(report, types) {
    def found = [:]
    for (type in report.package.class) {
        for (counter in type.counter.findAll { it.@type.text() in types }) {
            found["${type.@name} ${counter.@type}".toString()] = "${counter.@covered}/${counter.@missed}".toString()
        }
    }
    for (line in report.package.sourcefile.line) {
        found["line ${line.@nr}".toString()] =
                "branches ${line.@cb}/${line.@mb} ${line.@ci != '0' ? line.@mi != '0' ? 'yellow' : 'green' : 'red'}".toString()
    }
    found
}

def equal = ['LINE', 'BRANCH', 'METHOD', 'COMPLEXITY']
def blocking = counters(report('blocking'), equal)
assert blocking['com/acme/Orders LINE'] ==~ /\d\d\/\d+/
assert blocking['com/acme/Orders BRANCH'] ==~ /\d+\/[1-9]\d*/

// The agent's report, of the second build too, whose classes the first has packaged.
assert counters(report('agent'), equal) == blocking

// The offline report is exact in every counter.
assert counters(report('offline'), equal + 'INSTRUCTION') == counters(report('blocking'), equal + 'INSTRUCTION')

// What is packaged has the fast shape, without probes.
def classIn(module) {
    new ZipFile(new File(basedir, "$module/target/${module}-1.jar")).withCloseable { jar ->
        jar.getInputStream(jar.getEntry('com/acme/Orders.class')).bytes
    }
}
for (module in ['agent', 'offline']) {
    def text = new String(classIn(module), 'ISO-8859-1')
    assert text.contains('dev.weft.Compiled')
    assert !text.contains(';coverage')
    assert !text.contains('$jacocoInit')
}
assert classIn('agent') == classIn('offline')
