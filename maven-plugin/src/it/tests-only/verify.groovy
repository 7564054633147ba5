def log = new File(basedir, 'build.log').text
assert log.contains('[INFO] Compiled 2 async methods in 1 class\n')
assert log.contains('Tests run: 1, Failures: 0, Errors: 0, Skipped: 0')
