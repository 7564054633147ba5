def log = new File(basedir, 'build.log').text
assert log.contains('[INFO] Compiled 2 async methods in 1 class\n')
assert log.contains('[INFO] Compiled 1 async method in 1 class\n')
assert log.contains('Tests run: 2, Failures: 0, Errors: 0, Skipped: 0')

// The class files really are those of 25.
new File(basedir, 'target/classes/com/acme/Shapes.class').withDataInputStream {
    it.skipBytes(6)
    assert it.readUnsignedShort() == 69
}
