import fc from 'fast-check';
import assert from 'node:assert/strict';
import { loadXmlParser, parseDomainXml } from '../../../src/evidence/domainXml';
import { domainXml, uuid } from './recordedHost';

before(loadXmlParser);

describe('the XML of a domain', () => {
  it('gives the name that the tenant chose to the letter', () => {
    const names = {
      'a &lt;b&gt; &amp;amp; &quot;c&quot; &apos;d&apos;': `a <b> &amp; "c" 'd'`,
      '&#13;&#10;&#x2028;&#x1F600;': '\r\n\u2028\u{1F600}',
      '<![CDATA[</nova:name>&lt;]]>': '</nova:name>&lt;',
      '  two  spaces ': '  two  spaces ',
      constructor: 'constructor',
    };
    for (const [written, meant] of Object.entries(names)) {
      assert.equal(parseDomainXml(domainXml(uuid, written))?.nova?.name, meant);
    }
  });

  it('gives any printable name that libvirt writes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (name) => {
        const written = name.replace(
          /[<>&\u0000-\u001f\u007f-\u009f]/gu,
          (mark) => `&#${mark.codePointAt(0)};`,
        );
        fc.pre(!/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.test(name));
        assert.equal(parseDomainXml(domainXml(uuid, written))?.nova?.name, name);
      }),
    );
  });

  it("takes only what is in Nova's namespace for Nova's, whatever its prefix", () => {
    const xml = domainXml(uuid, 'web-01');
    const other = xml.replace('http://openstack.org/xmlns/libvirt/nova/1.1', 'http://example.org/nova');
    assert.equal(parseDomainXml(other)?.nova, undefined);
    assert.equal(
      parseDomainXml(xml.replaceAll('nova:', 'os:').replace('xmlns:nova', 'xmlns:os'))?.nova?.name,
      'web-01',
    );
    assert.equal(parseDomainXml('<domain><name>by-hand</name><uuid>u</uuid></domain>')?.nova, undefined);
  });

  it('is a whole domain or nothing', () => {
    const xml = domainXml(uuid, 'web-01').trimEnd();
    for (let length = 0; length < xml.length; length += 7) {
      assert.equal(parseDomainXml(xml.slice(0, length)), undefined);
    }
    assert.equal(parseDomainXml(xml.replace(/domain/g, 'network')), undefined);
    assert.equal(parseDomainXml('<domain><name>a</name></domain>'), undefined);
    assert.equal(parseDomainXml(`${xml}${xml}`), undefined);
  });
});
