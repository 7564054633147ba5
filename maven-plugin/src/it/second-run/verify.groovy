def log = new File(basedir, 'build.log').text
assert log.count('Compiled 1 async method in 1 class') == 1
assert log.count('Nothing to compile') >= 1

def before = new File(basedir, 'target/before/com/acme')
def after = new File(basedir, 'target/classes/com/acme')
assert before.list().sort() == after.list().sort()
assert after.list().length == 3
for (old in before.listFiles()) {
    def now = new File(after, old.name)
    assert now.bytes == old.bytes
    assert now.lastModified() <= old.lastModified() : "$old.name was written again"
}
