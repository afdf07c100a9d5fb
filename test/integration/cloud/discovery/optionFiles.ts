/** Option files by what is special about them; `@` stands for the folder they are in. */
export const optionFiles: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'nothing in it': { 'my.cnf': '' },
  'a login': { 'my.cnf': '[client]\nuser=nova\npassword=secret\nhost=db\nport=3307\nsocket=/run/db.sock\n' },
  'spaces everywhere': { 'my.cnf': '  [client]  \n   user   =   nova   \n\tpassword\t=\tse cret\t\n' },
  comments: { 'my.cnf': '# a\n; b\n[client]\n  # user=x\nuser=nova # c\npassword=a#b\nhost=a;b\n' },
  quotes: {
    'my.cnf':
      '[client]\nuser="nova"\npassword=\'a b\'\nhost="a\'\nport="\nsocket=""\nssl-ca=\'a"b\'\nssl-key="a"b"\n',
  },
  'a hash in quotes': { 'my.cnf': '[client]\npassword="a#b"\nuser=\'a#b\' # c\nhost=a"#"b\nport=a"b#c\n' },
  'quotes that are escaped': { 'my.cnf': '[client]\npassword="a\\"#b"\nuser="a\\\\"#b"\nhost=a\\"b#c"d\n' },
  escapes: {
    'my.cnf': '[client]\npassword=a\\nb\\tc\\rd\\be\\sf\\"g\\\'h\\\\i\\xj\\#k\nuser=a\\\nhost="a\\"\n',
  },
  'options without a value': { 'my.cnf': '[client]\npassword\nskip-ssl\nuser=\nhost =\nssl  # x\n' },
  'dashes and underscores': {
    'my.cnf': '[client]\nssl_ca=a\nssl-ca=b\nssl-verify_server-cert\nloose-user=x\n',
  },
  'several groups': {
    'my.cnf':
      '[mysql]\nuser=a\n[mysqld]\nuser=b\n[client-mariadb]\nhost=c\n[client]\nport=1\n[mariadb]\nport=2\n[mysql]\nuser=d\n[mariadb-client]\nsocket=e\n[client-server]\nhost=f\n',
  },
  'odd names of groups': {
    'my.cnf': '[client ]\nuser=a\n[ client]\nuser=b\n[client]x\nhost=c\n[Client]\nhost=d\n',
  },
  'an equals sign in the value': { 'my.cnf': '[client]\npassword=a=b==\nuser==x\n' },
  'line ends of Windows': { 'my.cnf': '[client]\r\nuser=nova\r\n\r\npassword="secret"\r\n' },
  'no line end at the end': { 'my.cnf': '[client]\nuser=nova\npassword=secret' },
  'an included file': {
    'my.cnf': '[client]\nuser=a\n!include @/other.cnf\nhost=b\n',
    'other.cnf': '[client]\nuser=c\n[mysql]\npassword=d\n',
  },
  'an included folder': {
    'my.cnf': '! includedir   @/d  \n[client]\nuser=a\n',
    'd/20.cnf': '[client]\nuser=b\n',
    'd/10.cnf': '[client]\npassword=c\n',
    'd/30.conf': '[client]\nuser=d\n',
    'd/.cnf': '[client]\nhost=e\n',
  },
  'an included file that is not there': { 'my.cnf': '!include @/none.cnf\n[client]\nuser=a\n' },
  'an included file that includes itself': { 'my.cnf': '[client]\nuser=a\n!include @/my.cnf\n' },
  'a directive that there is not': { 'my.cnf': '!includes @/x\n!other\n[client]\nuser=a\n' },
  'an option before the groups': { 'my.cnf': 'user=a\n[client]\nhost=b\n' },
  'a group without an end': { 'my.cnf': '[client]\nuser=a\n[mysql\nuser=b\n' },
  'other alphabets': { 'my.cnf': '[client]\npassword=pässwörd日本😀\n' },
};
