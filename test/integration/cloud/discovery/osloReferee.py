"""Reads cases from standard input and says what oslo.config makes of them: [{files, wanted}] -> [{faults, values}]."""

import json
import os
import sys
import tempfile

from oslo_config import cfg


def read_raw(path):
    """Everything in one file: {section: {key: [value]}}, or the line and the message of the error."""
    normalized = {}
    parser = cfg.ConfigParser(path, {})
    parser._add_normalized(normalized)
    try:
        parser.parse()
    except Exception as error:
        return {'line': error.lineno, 'message': error.msg}
    return {'sections': {name: keys for name, keys in normalized.items() if keys}}


def look_up(paths, wanted):
    """The values of some options, as a service that knows just these would get them."""
    conf = cfg.ConfigOpts()
    for section, key in wanted:
        conf.register_opt(cfg.StrOpt(key), group=None if section == 'DEFAULT' else section)
    conf([], project='referee', default_config_files=paths, default_config_dirs=[])
    return [[attempt(single, conf, *name), attempt(multiple, conf, *name)] for name in wanted]


def single(conf, section, key):
    return getattr(conf if section == 'DEFAULT' else getattr(conf, section), key)


def multiple(conf, section, key):
    """What cfg.MultiStrOpt would give; registered as one, a reference to it would be the text of a list."""
    values, _ = conf._namespace._get_value([(section, key)], multi=True)
    return conf._substitute(values, group=None if section == 'DEFAULT' else conf._get_group(section))


def attempt(read, *arguments):
    try:
        return read(*arguments)
    except Exception:
        return {'unresolved': True}


def answer(case, folder):
    paths = []
    for number, text in enumerate(case['files']):
        paths.append(os.path.join(folder, '%d.conf' % number))
        with open(paths[-1], 'wb') as file:
            file.write(text.encode())
    raw = [read_raw(path) for path in paths]
    broken = any('line' in each for each in raw)
    return {'raw': raw, 'values': None if broken else look_up(paths, case['wanted'])}


with tempfile.TemporaryDirectory() as folder:
    json.dump([answer(case, folder) for case in json.load(sys.stdin)], sys.stdout)
