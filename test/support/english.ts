// Tests read English, whatever the machine that they run on speaks; what they start does so too.
process.env['LOGJAM_LANGUAGE'] = 'en';
