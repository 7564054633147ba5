def log = new File(basedir, 'build.log').readLines()

// With @Cleanup the close is awaited; its failure hides that of the method, as Lombok says.
def printed = ['42', 'closing first', 'closed first', 'used first', 'closing broken', 'closed broken',
    'in use', 'closing broken', 'closed broken', 'close of broken', 'sneaky']
assert log.subList(log.indexOf('42'), log.indexOf('42') + printed.size()) == printed

// A line and a column, in both builds that compile it.
def source = new File(basedir, 'src/refused/java/com/acme/Refused.java').canonicalPath
def refusals = log.findAll { it.startsWith("[ERROR] $source:[10,20] await in plain, which is not @Async") }
assert refusals.size() == 4 // each build lists its errors twice
assert !new File(basedir, 'target/classes/com/acme/Refused.class').exists()
