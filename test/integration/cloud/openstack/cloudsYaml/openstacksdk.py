"""Asks openstacksdk for clouds: JSON cases on stdin, JSON answers on stdout.

Each case has a forked process to itself, as openstacksdk looks at the environment and the folder when it is imported.
"""

import importlib
import json
import os
import sys
import warnings

from openstack.config import loader

SECRETS = ('password', 'token', 'application_credential_secret')
ENDINGS = {
    'endpointOverrides': '_endpoint_override',
    'interfaces': '_interface',
    'regions': '_region_name',
    'apiVersions': '_api_version',
}


def interface(name):
    return name[:-3] if name.endswith('URL') else name


def normalised(cloud):
    config = cloud.config
    auth = {key: value for key, value in config['auth'].items() if isinstance(value, str)}
    url = auth.pop('auth_url')
    verify, cert = cloud.get_requests_verify_args()
    cert, key = cert if isinstance(cert, tuple) else (cert, None)
    answer = {
        'name': cloud.name,
        'region': cloud.region_name or None,
        'authType': config['auth_type'],
        'authUrl': url,
        'auth': {key: value for key, value in auth.items() if key not in SECRETS},
        'secrets': {key: value for key, value in auth.items() if key in SECRETS},
        'interface': interface(cloud.get_interface()),
        'verify': bool(verify),
        'caFile': verify if isinstance(verify, str) else None,
        'certFile': cert,
        'keyFile': key,
        'forceIpv4': bool(cloud.force_ipv4),
        'apiTimeoutSeconds': float(config['api_timeout']) if config['api_timeout'] else None,
    }
    for name, ending in ENDINGS.items():
        answer[name] = {
            key[: -len(ending)]: interface(value) if name == 'interfaces' else value
            for key, value in config.items()
            if key.endswith(ending) and key != ending and value
        }
    for service in ('identity', 'compute', 'placement'):
        override = cloud.get_endpoint(service)
        if override and override != url:
            answer['endpointOverrides'][service] = override
    return {key: value for key, value in answer.items() if value is not None}


def ask(case):
    os.chdir(case['cwd'])
    os.environ.clear()
    os.environ.update(case['env'])
    importlib.reload(loader)
    answer = {}
    try:
        config = loader.OpenStackConfig()
        answer['searched'] = [config._config_files, config._secure_files, config._vendor_files]
        answer['cloud'] = normalised(config.get_one(case.get('name'), region_name=case.get('region')))
    except Exception as error:
        answer['error'] = f'{type(error).__name__}: {error}'
    return answer


def in_child(case):
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        with os.fdopen(writing, 'w') as pipe:
            pipe.write(json.dumps(ask(case)))
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        text = pipe.read()
    os.waitpid(child, 0)
    return json.loads(text)


warnings.simplefilter('ignore')
json.dump([in_child(case) for case in json.load(sys.stdin)], sys.stdout)
