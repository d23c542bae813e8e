/**
 * The settings of an embedded cluster, as lines of PostgreSQL's configuration: sized for a laptop, heard on the machine itself only.
 * What a person wrote never reaches the log: errors are kept short and statements are left out of them.
 * A steward's own choices (`ALTER SYSTEM`) come after these and win. `durable: false` is for tests: a crash may lose the cluster.
 */
export function clusterSettings(durable: boolean): string {
  const settings: Record<string, string> = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '60',
    shared_buffers: '128MB',
    effective_cache_size: '1GB',
    work_mem: '16MB',
    maintenance_work_mem: '128MB',
    random_page_cost: '1.1',
    jit: 'off',
    // Backups are made by COPY in one snapshot and a replica means a PostgreSQL of one's own: the log needs to serve recovery only.
    wal_level: 'minimal',
    max_wal_senders: '0',
    min_wal_size: '64MB',
    max_wal_size: '512MB',
    wal_compression: 'on',
    checkpoint_timeout: '5min',
    synchronous_commit: durable ? 'on' : 'off',
    fsync: durable ? 'on' : 'off',
    full_page_writes: durable ? 'on' : 'off',
    password_encryption: 'scram-sha-256',
    timezone: 'UTC',
    log_timezone: 'UTC',
    lc_messages: 'C',
    default_text_search_config: 'pg_catalog.simple',
    log_line_prefix: '%m [%p] %u@%d ',
    log_error_verbosity: 'terse',
    log_min_error_statement: 'panic',
    log_parameter_max_length_on_error: '0',
    log_checkpoints: 'off',
    log_autovacuum_min_duration: '-1',
    shared_preload_libraries: 'pg_stat_statements',
    'pg_stat_statements.track_utility': 'off',
    tcp_keepalives_idle: '60',
  }
  return Object.entries(settings)
    .map(([name, value]) => `${name} = '${value}'\n`)
    .join('')
}

/** Who may connect: everyone with a password, from this machine. */
export const clusterAccess = 'host all all 127.0.0.1/32 scram-sha-256\n'
