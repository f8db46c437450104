'use strict'

// The library that cargo builds (libhost_node.so, host_node.dll), under the name that Node loads.
module.exports = require('./tim_push.node')
