/** Configuration files by what is special about them, each as a list of files that override each other. */
export const osloFiles: Readonly<Record<string, readonly string[]>> = {
  'nothing in it': [''],
  'a section and an option': ['[DEFAULT]\nmy_ip = 10.0.0.1\n'],
  'a colon for the equals sign': ['[api_database]\nconnection: mysql+pymysql://nova:a@b/nova_api\n'],
  'an equals sign in the value': ['[api_database]\nconnection=mysql://nova@b/nova?charset=utf8&a=b\n'],
  'a colon before the equals sign': ['[DEFAULT]\nkey : value = x\n'],
  'no spaces, and many': ['[DEFAULT]\na=1\nb   =    2   \nc\t:\t3\n'],
  'comments of both kinds': ['# a\n; b\n[DEFAULT]\n# c = 1\na = 1 # no comment\nb = 2 ; neither\n'],
  'an indented comment, which is part of the value': ['[DEFAULT]\na = 1\n  # more\n'],
  'continuation lines': ['[DEFAULT]\na = 1\n 2\n\t3\nb = 4\n'],
  'a value that begins on the next line': ['[DEFAULT]\na =\n  1\n  2\n'],
  'a blank line that ends a value': ['[DEFAULT]\na = 1\n\nb = 2\n'],
  'a line of spaces': ['[DEFAULT]\na = 1\n   \nb = 2\n'],
  'a continuation after a blank line': ['[DEFAULT]\na = 1\n\n  2\n'],
  'a continuation after a comment': ['[DEFAULT]\na = 1\n# b\n  2\n'],
  'a continuation before everything': ['  a = 1\n[DEFAULT]\n'],
  'double quotes': ['[DEFAULT]\na = "  x  "\nb = "x\nc = x"\nd = ""\ne = "\n'],
  'single quotes': ["[DEFAULT]\na = '  x  '\nb = 'x\"\nc = \"x'\nd = ''x''\n"],
  'quotes around lines': ['[DEFAULT]\na = "x\n y"\n'],
  'an option twice': ['[DEFAULT]\na = 1\na = 2\n'],
  'an option in three files': [
    '[DEFAULT]\na = 1\nb = 1\n',
    '[DEFAULT]\na = 2\n',
    '[DEFAULT]\na = 3\na = 4\n',
  ],
  'an empty value that overrides': ['[DEFAULT]\na = 1\n', '[DEFAULT]\na =\n'],
  'a section twice': ['[database]\nconnection = a\n[DEFAULT]\nb = 1\n[database]\nc = 2\n'],
  'sections in upper case': ['[DATABASE]\nconnection = a\n', '[Database]\nconnection = b\n'],
  'another default section': ['[default]\na = 1\n[DEFAULT]\nb = $a\n'],
  'spaces in a section': ['[ database ]\nconnection = a\n'],
  'a comment after a section': ['[database] # main\nconnection = a\n'],
  'a section without an end': ['[DEFAULT]\na = 1\n[database\nconnection = a\n'],
  'a section without a name': ['[DEFAULT]\na = 1\n[]\n'],
  'an option before the sections': ['a = 1\n[DEFAULT]\n'],
  'an option before the sections at the end': ['# a\n\na = 1'],
  'a line that says nothing': ['[DEFAULT]\na = 1\nhello\n'],
  'an option without a name': ['[DEFAULT]\n = 1\n', '[DEFAULT]\n= 1\n'],
  'a byte order mark': ['\ufeff[DEFAULT]\na = 1\n'],
  'line ends of other systems': ['[DEFAULT]\r\na = 1\r\n 2\r\n', '[DEFAULT]\ra = 2\r 3\r\rb = 4'],
  'unusual spaces': ['[DEFAULT]\na = \u00a0x\u2003\nb\u00a0=\x1cy\x1d\n\u00a0\nc = \ufeffz\ufeff\n'],
  'other alphabets': ['[DEFAULT]\na = ünïcødé 日本 😀\n'],
  'NUL bytes': ['[DEFAULT]\na = x\0y\n# \0\n'],
  references: ['[DEFAULT]\na = 1\nb = $a/${a}/$a.\nc = ${a}\n'],
  'references to another section': ['[DEFAULT]\na = ${database.b}\n[database]\nb = $c\nc = 1\n'],
  'a reference that falls back to DEFAULT': [
    '[DEFAULT]\nx = 1\n[database]\nconnection = mysql://$x/$y\ny = 2\n',
  ],
  'the option of the own section before that of DEFAULT': ['[DEFAULT]\nx = 1\n[database]\na = $x\nx = 2\n'],
  'references to DEFAULT by its name': ['[DEFAULT]\na = ${DEFAULT.b}\nb = 1\n'],
  'references in upper case': ['[DEFAULT]\na = $B ${DATABASE.c}\nb = 1\n[database]\nc = 1\n'],
  'dollars that are none': ['[DEFAULT]\na = $$b $ $1 ${b ${1} \\$b \\\\$b $$$b\nb = x\n'],
  'references that go round': ['[DEFAULT]\na = $b\nb = $c\nc = $a\nd = $d\n'],
  'a chain of references': ['[DEFAULT]\na = $b$b\nb = <$c>\nc = $d\nd = $$e\ne = 1\n'],
  'a reference over lines': ['[DEFAULT]\na = $b\n  $c\nb = 1\nc = 2\n'],
  'references that later files override': ['[DEFAULT]\na = $b\nb = 1\n', '[DEFAULT]\nb = 2\n'],
  'several values': ['[DEFAULT]\na = 1\na = $b\nb = 2\n', '[DEFAULT]\na = 3\n'],
  'a nova.conf as it is written': [
    `[DEFAULT]
my_ip = 10.0.0.11
transport_url = rabbit://openstack:R%40bbit@10.0.0.11:5672/
state_path = /var/lib/nova
instances_path = $state_path/instances

[api_database]
connection = mysql+pymysql://nova:p%40ss%24word@10.0.0.11/nova_api?charset=utf8

[database]
connection = mysql+pymysql://nova:p%40ss%24word@$my_ip/nova

[vnc]
server_listen = $my_ip
novncproxy_base_url = http://\${my_ip}:6080/vnc_auto.html
`,
  ],
};
